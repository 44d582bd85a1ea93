package io.rpcboot.faults.check;

import io.rpcboot.Outcome;
import io.rpcboot.faults.load.CallRecord;
import io.rpcboot.faults.peer.JournalEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Judges a history by the invariants that hold under any fault. Immutable. */
public final class Checker {

    private static final int MAX_ATTEMPTS = 3;
    private static final long BUDGET_WINDOW = TimeUnit.SECONDS.toNanos(10);
    private static final double BUDGET_SHARE = 1.1;
    private static final int BUDGET_PER_SECOND = 3;
    private static final long RECOVERY = TimeUnit.SECONDS.toNanos(5);

    private final long lateness;

    /**
     * A checker that lets a call end this long after its deadline.
     *
     * @param lateness also how long after its deadline an execution may start: the way of the request takes time
     */
    public Checker(Duration lateness) {
        this.lateness = lateness.toNanos();
    }

    /** All that is wrong, in the order of the invariants; empty for a good history. */
    public List<Violation> check(History history) {
        List<Violation> found = new ArrayList<>();
        Map<Long, List<JournalEntry>> runs = new HashMap<>();
        history.journal()
                .forEach(entry -> runs.computeIfAbsent(entry.id(), id -> new ArrayList<>())
                        .add(entry));
        for (CallRecord call : history.calls()) {
            checkCall(call, runs.getOrDefault(call.id(), List.of()), found);
        }
        checkBudget(history, runs, found);
        checkFailures(history, found);
        return found;
    }

    private void checkCall(CallRecord call, List<JournalEntry> runs, List<Violation> found) {
        if (!call.ended()) {
            found.add(new Violation("I1", "call " + call.id() + " never ended"));
        } else if (call.endNanos() - deadline(call) > lateness) {
            found.add(new Violation(
                    "I1",
                    "call " + call.id() + " ended " + millis(call.endNanos() - deadline(call))
                            + " ms after its deadline"));
        }
        if (!call.idempotent() && runs.size() > 1) {
            found.add(new Violation("I2", "call " + call.id() + " ran " + runs.size() + " times: " + runs));
        }
        if (!call.failed() && runs.isEmpty()) {
            found.add(new Violation("I3", "call " + call.id() + " succeeded but did not run"));
        }
        if (call.failed() && call.outcome() == Outcome.DID_NOT_RUN && !runs.isEmpty()) {
            found.add(new Violation("I4", "call " + call.id() + " 'did not run' but is in a journal: " + call.text()));
        }
        for (JournalEntry run : runs) {
            if (run.startNanos() - deadline(call) > lateness) {
                found.add(new Violation(
                        "I5",
                        "call " + call.id() + " was started " + millis(run.startNanos() - deadline(call))
                                + " ms after its deadline by " + run.peer()));
            }
        }
        if (Math.max(call.attempts(), runs.size()) > MAX_ATTEMPTS) {
            found.add(new Violation(
                    "I6",
                    "call " + call.id() + " was tried " + call.attempts() + " times, ran " + runs.size() + " times"));
        }
        if (!call.echoed()) {
            found.add(new Violation("I7", "call " + call.id() + " got an answer that is not its own"));
        }
    }

    private static void checkBudget(History history, Map<Long, List<JournalEntry>> runs, List<Violation> found) {
        long[] calls = history.calls().stream()
                .mapToLong(CallRecord::startNanos)
                .sorted()
                .toArray();
        if (calls.length == 0) {
            return;
        }
        long[] attempts = history.calls().stream()
                .flatMap(call -> runs.getOrDefault(call.id(), List.of()).stream())
                .mapToLong(JournalEntry::startNanos)
                .sorted()
                .toArray();
        for (long from = calls[0]; from <= calls[calls.length - 1]; from += TimeUnit.SECONDS.toNanos(1)) {
            // Attempts of calls made up to a second earlier may fall into the window.
            long called = between(calls, from - TimeUnit.SECONDS.toNanos(1), from + BUDGET_WINDOW);
            long tried = between(attempts, from, from + BUDGET_WINDOW);
            double allowed = called * BUDGET_SHARE + BUDGET_PER_SECOND * TimeUnit.NANOSECONDS.toSeconds(BUDGET_WINDOW);
            if (tried > allowed) {
                found.add(new Violation("I6", tried + " attempts for " + called + " calls in 10 s"));
                return;
            }
        }
    }

    private static long between(long[] sorted, long from, long to) {
        return insertion(sorted, to) - insertion(sorted, from);
    }

    private static int insertion(long[] sorted, long at) {
        int index = Arrays.binarySearch(sorted, at);
        return index < 0 ? -index - 1 : index;
    }

    private static void checkFailures(History history, List<Violation> found) {
        for (CallRecord call : history.calls()) {
            if (call.failed() && call.idempotent() && history.healthyMajority()) {
                found.add(new Violation("I8", "idempotent call " + call.id() + " failed: " + call.text()));
            }
            if (call.failed() && call.plannedNanos() - history.lastFaultEndNanos() > RECOVERY) {
                found.add(new Violation(
                        "I9",
                        "call " + call.id() + " failed "
                                + millis(call.plannedNanos() - history.lastFaultEndNanos())
                                + " ms after the last fault: " + call.text()));
            }
        }
    }

    private static long deadline(CallRecord call) {
        return call.startNanos() + call.timeoutNanos();
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
