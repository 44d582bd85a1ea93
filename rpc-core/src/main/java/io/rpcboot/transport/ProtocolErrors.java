package io.rpcboot.transport;

import io.rpcboot.Peer;
import io.rpcboot.wire.FrameException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what peers do wrong, one line a second at most: a port scan must not fill the disk. Safe for use by many threads. */
final class ProtocolErrors {

    private static final Logger log = LoggerFactory.getLogger(ProtocolErrors.class);

    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final AtomicLong lastLine = new AtomicLong(System.nanoTime() - PAUSE_NANOS);
    private static final AtomicLong unsaid = new AtomicLong();

    private ProtocolErrors() {}

    static void report(Peer peer, FrameException error) {
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
                error.getMessage(),
                suppressed == 0 ? "" : " (and " + suppressed + " more like this since the last line)");
    }
}
