package io.rpcboot.transport;

import io.rpcboot.Deadline;
import io.rpcboot.wire.Header;
import java.util.concurrent.TimeUnit;

/** Until when the requests of one connection may take, by this side's clock. Confined to the event loop. */
final class RequestDeadlines {

    private static final long NANOS_PER_MILLI = 1_000_000;

    /** For a request without a timeout: no caller of ours sends one, and no call may live for ever. */
    private static final long DEFAULT_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final QueueingDelay queueing = new QueueingDelay();
    private long helloAt;

    /** The caller's HELLO was read: from here on both sides count. */
    void begin(long now) {
        helloAt = now;
    }

    /** When the caller of the request that is read now gives up; time that it spent in queues on its way is taken off. */
    Deadline of(Header header, long now) {
        long left = header.timeoutMs() > 0 ? header.timeoutMs() * NANOS_PER_MILLI : DEFAULT_TIMEOUT_NANOS;
        if (header.hasSentAt()) {
            long arrivedAt = (now - helloAt) / NANOS_PER_MILLI;
            left -= queueing.excessMillis(arrivedAt, header.sentAtMs()) * NANOS_PER_MILLI;
        }
        return Deadline.at(now + left);
    }
}
