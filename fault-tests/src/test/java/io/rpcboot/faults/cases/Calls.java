package io.rpcboot.faults.cases;

import io.rpcboot.Outcome;
import io.rpcboot.faults.load.CallRecord;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** Questions to a list of calls. Immutable. */
record Calls(List<CallRecord> list) {

    Calls {
        list = List.copyOf(list);
    }

    Calls where(Predicate<CallRecord> condition) {
        return new Calls(list.stream().filter(condition).toList());
    }

    Calls failed() {
        return where(CallRecord::failed);
    }

    Calls succeeded() {
        return where(call -> !call.failed());
    }

    Calls plain() {
        return where(call -> !call.idempotent());
    }

    Calls idempotent() {
        return where(CallRecord::idempotent);
    }

    Calls with(Outcome outcome) {
        return where(call -> call.outcome() == outcome);
    }

    /** Those planned in this span of the monotonic clock. */
    Calls planned(long fromNanos, long toNanos) {
        return where(call -> call.plannedNanos() - fromNanos >= 0 && call.plannedNanos() - toNanos < 0);
    }

    /** Those that ended in this span of the monotonic clock. */
    Calls ended(long fromNanos, long toNanos) {
        return where(call -> call.endNanos() - fromNanos >= 0 && call.endNanos() - toNanos < 0);
    }

    int count() {
        return list.size();
    }

    /** The latency below which this share of the calls lies, from their planned starts; 0 if there are none. */
    double latencyMillis(double share) {
        double[] sorted =
                list.stream().mapToDouble(CallRecord::latencyMillis).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, Math.ceil(share * sorted.length))];
    }

    /** How long after that moment the last of the calls ended; 0 if there are none. */
    double lastEndMillisAfter(long nanos) {
        return lastMillisAfter(nanos, CallRecord::endNanos);
    }

    /** How long after that moment the last of the calls was planned; 0 if there are none. */
    double lastPlannedMillisAfter(long nanos) {
        return lastMillisAfter(nanos, CallRecord::plannedNanos);
    }

    private double lastMillisAfter(long nanos, ToLongFunction<CallRecord> moment) {
        OptionalLong last = list.stream()
                .mapToLong(call -> moment.applyAsLong(call) - nanos)
                .max();
        return last.isPresent() ? Math.max(0, last.getAsLong() / (double) TimeUnit.MILLISECONDS.toNanos(1)) : 0;
    }
}
