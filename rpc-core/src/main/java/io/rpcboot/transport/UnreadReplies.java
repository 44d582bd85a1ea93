package io.rpcboot.transport;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.function.Consumer;

/** Watches for a caller that leaves its replies unread: no more of its requests are read, and after a while it is closed. Confined to the event loop. */
final class UnreadReplies {

    private final Channel channel;
    private final Patience patience;

    /**
     * Watches one connection.
     *
     * @param tolerated how long replies may stay unread
     * @param close closes the connection for this reason
     */
    UnreadReplies(Channel channel, Duration tolerated, Consumer<String> close) {
        this.channel = channel;
        this.patience = new Patience(
                channel.eventLoop(),
                tolerated,
                () -> channel.isActive() && !channel.isWritable(),
                () -> close.accept("its replies were not read for " + tolerated.toMillis()
                        + " ms (rpc.server.unwritable-timeout)"));
    }

    /** The channel takes more to write, or no longer does. */
    void writabilityChanged() {
        boolean writable = channel.isWritable();
        channel.config().setAutoRead(writable);
        if (!writable) {
            patience.begin();
        }
    }
}
