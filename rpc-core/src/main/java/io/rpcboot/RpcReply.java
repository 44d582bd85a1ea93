package io.rpcboot;

import com.google.protobuf.MessageLite;
import org.jspecify.annotations.Nullable;

/**
 * A call's good end: the reply message and the server's metadata. Immutable.
 *
 * @param messageOrNull the reply; null where the replies were a stream
 * @param metadata headers the server sent with the end of the call
 */
public record RpcReply(@Nullable MessageLite messageOrNull, Metadata metadata) {

    /** A reply with this message and no metadata. */
    public static RpcReply of(MessageLite message) {
        return new RpcReply(message, Metadata.EMPTY);
    }

    /**
     * The reply message.
     *
     * @throws IllegalStateException if the replies of this call were a stream
     */
    public MessageLite message() {
        if (messageOrNull == null) {
            throw new IllegalStateException("the replies of this call were a stream, not one message");
        }
        return messageOrNull;
    }
}
