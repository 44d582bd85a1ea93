package io.rpcboot.benchmarks.load;

import io.rpcboot.benchmarks.contender.Completion;
import io.rpcboot.benchmarks.contender.Operation;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** A closed loop: so many calls in flight, the next one made by the completion of the last. */
final class AsyncLoop {

    private final Operation operation;
    private final CountDownLatch running;
    private final long end;
    private final LongAdder failed = new LongAdder();
    private final Queue<Histogram> all = new ConcurrentLinkedQueue<>();
    /** By thread, since frameworks answer on few: one for each call in flight would not stay in the caches. */
    private final ThreadLocal<Histogram> latencies = ThreadLocal.withInitial(this::add);

    private AsyncLoop(Operation operation, int width, long end) {
        this.operation = operation;
        this.running = new CountDownLatch(width);
        this.end = end;
    }

    static Calls run(Operation operation, int width, long nanos) throws InterruptedException {
        Usage.Meter usage = new Usage.Meter();
        long start = System.nanoTime();
        AsyncLoop loop = new AsyncLoop(operation, width, start + nanos);
        for (int i = 0; i < width; i++) {
            loop.new Slot().next(System.nanoTime());
        }
        loop.running.await();
        long took = System.nanoTime() - start;
        Usage used = usage.sinceThen();
        Histogram sum = Calls.histogram();
        loop.all.forEach(sum::add);
        return new Calls(sum, loop.failed.sum(), took, used);
    }

    private Histogram add() {
        Histogram histogram = Calls.histogram();
        all.add(histogram);
        return histogram;
    }

    /** One of the calls in flight, and those after it. */
    private final class Slot implements Completion {
        private long startedAt;

        void next(long now) {
            startedAt = now;
            operation.call(this);
        }

        @Override
        public void done(@Nullable Throwable failure) {
            long now = System.nanoTime();
            if (failure == null) {
                Calls.record(latencies.get(), now - startedAt);
            } else {
                failed.increment();
            }
            if (now - end < 0) {
                next(now);
            } else {
                running.countDown();
            }
        }
    }
}
