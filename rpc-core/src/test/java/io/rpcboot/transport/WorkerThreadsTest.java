package io.rpcboot.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rpcboot.test.Network;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

class WorkerThreadsTest {

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void noMoreVirtualThreadsRunAtOnceThanAsked() throws Exception {
        ExecutorService workers = WorkerThreads.virtual(200, virtualThreads());
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        for (int i = 0; i < 1000; i++) {
            workers.execute(() -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                awaitLatch(release);
                running.decrementAndGet();
            });
        }

        await().atMost(Network.LONG).until(() -> running.get() == 200);
        release.countDown();
        workers.shutdown();

        assertThat(workers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(most).hasValue(200);
    }

    /** By reflection, since the tests are compiled for Java 17. */
    private static ThreadFactory virtualThreads() throws ReflectiveOperationException {
        Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
        return (ThreadFactory)
                Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
