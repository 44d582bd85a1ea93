package io.rpcboot.benchmarks.load;

import io.rpcboot.benchmarks.contender.Completion;
import io.rpcboot.benchmarks.contender.Operation;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Calls on a fixed schedule from one thread. Latency counts from the planned start, so that no stall is left out. */
final class OpenLoop {

    private final LongAdder failed = new LongAdder();
    private final Queue<Histogram> all = new ConcurrentLinkedQueue<>();
    private final ThreadLocal<Histogram> latencies = ThreadLocal.withInitial(this::add);
    private final Phaser underWay = new Phaser(1);

    static Calls run(Operation operation, int perSecond, long nanos) throws InterruptedException {
        OpenLoop loop = new OpenLoop();
        Usage.Meter usage = new Usage.Meter();
        long start = System.nanoTime();
        long count = nanos * perSecond / 1_000_000_000L;
        for (long i = 0; i < count; i++) {
            long planned = start + i * 1_000_000_000L / perSecond;
            for (long early; (early = planned - System.nanoTime()) > 0; ) {
                LockSupport.parkNanos(early);
            }
            loop.underWay.register();
            operation.call(loop.new Planned(planned));
        }
        loop.underWay.awaitAdvanceInterruptibly(loop.underWay.arrive());
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

    private final class Planned implements Completion {
        private final long at;

        Planned(long at) {
            this.at = at;
        }

        @Override
        public void done(@Nullable Throwable failure) {
            if (failure == null) {
                Calls.record(latencies.get(), System.nanoTime() - at);
            } else {
                failed.increment();
            }
            underWay.arriveAndDeregister();
        }
    }
}
