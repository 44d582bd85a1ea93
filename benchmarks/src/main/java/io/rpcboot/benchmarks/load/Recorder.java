package io.rpcboot.benchmarks.load;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Takes down how calls ended, on whatever threads they end. Safe for use by many threads. */
final class Recorder {

    private final LongAdder failed = new LongAdder();
    private final Queue<Histogram> all = new ConcurrentLinkedQueue<>();

    /** By thread, since frameworks answer on few: one for each call in flight would not stay in the caches. */
    private final ThreadLocal<Histogram> latencies = ThreadLocal.withInitial(this::add);

    private Histogram add() {
        Histogram histogram = Calls.histogram();
        all.add(histogram);
        return histogram;
    }

    void ended(long nanos, @Nullable Throwable failure) {
        if (failure == null) {
            Calls.record(latencies.get(), nanos);
        } else {
            failed.increment();
        }
    }

    /** All that was taken down; once no call is under way. */
    Calls calls(long nanos, Usage usage) {
        Histogram sum = Calls.histogram();
        all.forEach(sum::add);
        return new Calls(sum, failed.sum(), nanos, usage);
    }
}
