package io.rpcboot.benchmarks.load;

import io.rpcboot.benchmarks.contender.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import org.HdrHistogram.Histogram;

/** A closed loop: so many threads, each of which calls and waits. */
final class BlockingCallers {

    private BlockingCallers() {}

    static Calls run(Operation operation, int callers, long nanos, ThreadFactory threads) throws InterruptedException {
        CountDownLatch begin = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(callers);
        CountDownLatch leave = new CountDownLatch(1);
        List<Caller> all = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            Caller caller = new Caller(operation, nanos, begin, ended, leave);
            all.add(caller);
            threads.newThread(caller).start();
        }
        Usage.Meter usage = new Usage.Meter();
        long start = System.nanoTime();
        begin.countDown();
        ended.await();
        long took = System.nanoTime() - start;
        // They are kept until here, since their bytes are counted by thread.
        Usage used = usage.sinceThen();
        leave.countDown();
        Histogram sum = Calls.histogram();
        all.forEach(caller -> sum.add(caller.latencies));
        return new Calls(sum, all.stream().mapToLong(caller -> caller.failed).sum(), took, used);
    }

    private static final class Caller implements Runnable {
        private final Operation operation;
        private final long nanos;
        private final CountDownLatch begin;
        private final CountDownLatch ended;
        private final CountDownLatch leave;
        private final Histogram latencies = Calls.histogram();
        private long failed;

        Caller(Operation operation, long nanos, CountDownLatch begin, CountDownLatch ended, CountDownLatch leave) {
            this.operation = operation;
            this.nanos = nanos;
            this.begin = begin;
            this.ended = ended;
            this.leave = leave;
        }

        @Override
        public void run() {
            try {
                begin.await();
                callUntil(System.nanoTime() + nanos);
                ended.countDown();
                leave.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void callUntil(long end) throws InterruptedException {
            for (long now = System.nanoTime(); now - end < 0; ) {
                long startedAt = now;
                boolean succeeded = false;
                try {
                    operation.call();
                    succeeded = true;
                } catch (InterruptedException e) {
                    throw e;
                } catch (Exception e) {
                    failed++;
                }
                now = System.nanoTime();
                if (succeeded) {
                    Calls.record(latencies, now - startedAt);
                }
            }
        }
    }
}
