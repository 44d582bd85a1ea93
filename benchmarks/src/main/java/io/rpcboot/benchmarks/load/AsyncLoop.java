package io.rpcboot.benchmarks.load;

import io.rpcboot.benchmarks.contender.Completion;
import io.rpcboot.benchmarks.contender.Operation;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A closed loop: so many calls in flight, the next one made by the completion of the last. */
final class AsyncLoop {

    private final Operation operation;
    private final CountDownLatch running;
    private final long end;
    private final Recorder recorder = new Recorder();

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
        return loop.recorder.calls(took, usage.sinceThen());
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
            recorder.ended(now - startedAt, failure);
            if (now - end < 0) {
                next(now);
            } else {
                running.countDown();
            }
        }
    }
}
