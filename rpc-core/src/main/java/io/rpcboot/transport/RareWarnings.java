package io.rpcboot.transport;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/**
 * Warns of connections that are closed because of what the peer does, one line a second at most: a port scan must not fill the disk. Safe for
 * use by many threads.
 */
final class RareWarnings {

    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Logger log;
    private final AtomicLong lastLine = new AtomicLong(System.nanoTime() - PAUSE_NANOS);
    private final AtomicLong unsaid = new AtomicLong();

    RareWarnings(Logger log) {
        this.log = log;
    }

    /** Says why the connection of this peer is closed, or counts it if something was said just now. */
    void closing(Object peer, String why) {
        long now = System.nanoTime();
        long last = lastLine.get();
        if (now - last < PAUSE_NANOS || !lastLine.compareAndSet(last, now)) {
            unsaid.incrementAndGet();
            return;
        }
        long suppressed = unsaid.getAndSet(0);
        log.warn(
                "{}: closing the connection, {}{}",
                peer,
                why,
                suppressed == 0 ? "" : " (and " + suppressed + " more like this since the last line)");
    }
}
