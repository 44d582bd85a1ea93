package io.rpcboot.transport;

import io.netty.channel.Channel;
import java.util.concurrent.TimeUnit;

/** Watches for a caller that leaves its replies unread: no more of its requests are read, and after a while it is closed. Confined to the event loop. */
final class UnreadReplies {

    private final Channel channel;
    private final long toleratedNanos;
    private final Runnable close;
    private long unwritableSince;
    private boolean watching;

    /**
     * Watches one connection.
     *
     * @param toleratedNanos how long replies may stay unread
     * @param close says so and closes the connection
     */
    UnreadReplies(Channel channel, long toleratedNanos, Runnable close) {
        this.channel = channel;
        this.toleratedNanos = toleratedNanos;
        this.close = close;
    }

    /** The channel takes more to write, or no longer does. */
    void writabilityChanged() {
        boolean writable = channel.isWritable();
        channel.config().setAutoRead(writable);
        if (!writable) {
            unwritableSince = System.nanoTime();
            lookIn(toleratedNanos);
        }
    }

    private void lookIn(long nanos) {
        if (!watching) {
            watching = true;
            channel.eventLoop().schedule(this::look, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void look() {
        watching = false;
        if (!channel.isActive() || channel.isWritable()) {
            return;
        }
        long left = toleratedNanos - (System.nanoTime() - unwritableSince);
        if (left > 0) {
            lookIn(left);
        } else {
            close.run();
        }
    }
}
