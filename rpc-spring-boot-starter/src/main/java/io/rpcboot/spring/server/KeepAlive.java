package io.rpcboot.spring.server;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Keeps the process alive while the server runs, where no web server does so. Safe for use by many threads. */
final class KeepAlive {

    private @Nullable CountDownLatch running;

    synchronized void begin() {
        end();
        CountDownLatch latch = new CountDownLatch(1);
        Thread thread = new Thread(() -> await(latch), "rpc-server-keep-alive");
        thread.setDaemon(false);
        thread.start();
        running = latch;
    }

    synchronized void end() {
        if (running != null) {
            running.countDown();
            running = null;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
