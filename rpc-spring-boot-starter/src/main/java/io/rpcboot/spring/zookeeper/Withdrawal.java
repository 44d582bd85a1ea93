package io.rpcboot.spring.zookeeper;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of an announcement, which somebody waits for. Safe for use by many threads. */
final class Withdrawal {

    private static final Logger log = LoggerFactory.getLogger(Withdrawal.class);

    private final Object announced;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    Withdrawal(Object announced) {
        this.announced = announced;
    }

    /** The registry shows it no longer. */
    void done() {
        gone.complete(null);
    }

    /** Waits at most this long, and never fails: without a connection, it goes with the session. */
    void await(Duration atMost) {
        try {
            gone.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            log.info("{} is not withdrawn after {}; it goes with the session", announced, atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            log.warn("{} could not be withdrawn; it goes with the session", announced, e.getCause());
        }
    }
}
