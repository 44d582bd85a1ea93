package io.rpcboot.benchmarks.load;

import io.rpcboot.benchmarks.contender.Completion;
import io.rpcboot.benchmarks.contender.Operation;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Calls on a fixed schedule from one thread. Latency counts from the planned start, so that no stall is left out. */
final class OpenLoop {

    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Recorder recorder = new Recorder();
    private final Phaser underWay = new Phaser(1);

    static Calls run(Operation operation, int perSecond, long nanos) throws InterruptedException {
        OpenLoop loop = new OpenLoop();
        Usage.Meter usage = new Usage.Meter();
        long start = System.nanoTime();
        long count = nanos * perSecond / SECOND_NANOS;
        for (long i = 0; i < count; i++) {
            long planned = start + i * SECOND_NANOS / perSecond;
            for (long early; (early = planned - System.nanoTime()) > 0; ) {
                LockSupport.parkNanos(early);
            }
            loop.underWay.register();
            operation.call(loop.new Planned(planned));
        }
        loop.underWay.awaitAdvanceInterruptibly(loop.underWay.arrive());
        long took = System.nanoTime() - start;
        return loop.recorder.calls(took, usage.sinceThen());
    }

    private final class Planned implements Completion {
        private final long at;

        Planned(long at) {
            this.at = at;
        }

        @Override
        public void done(@Nullable Throwable failure) {
            recorder.ended(System.nanoTime() - at, failure);
            underWay.arriveAndDeregister();
        }
    }
}
