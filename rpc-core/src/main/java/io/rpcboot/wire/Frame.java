package io.rpcboot.wire;

import com.google.protobuf.ByteString;
import io.netty.buffer.ByteBuf;
import io.rpcboot.Metadata;

/** A frame that is neither REQUEST nor RESPONSE. Immutable, but for the buffer of a {@link Message}. */
public sealed interface Frame {

    /** The first frame of each direction. */
    record Hello(io.rpcboot.wire.schema.Hello body) implements Frame {}

    /**
     * An item of a stream, or a piece of one.
     *
     * @param body the item's bytes; not owned: valid during the sink's call when decoded, copied when encoded
     * @param more whether the item goes on in a later frame
     */
    record Message(long callId, ByteBuf body, boolean more) implements Frame {}

    /**
     * The end of one direction of a stream.
     *
     * @param status canonical code; 0 from a caller that has sent its last item
     * @param retryAfterMs as {@link Header#retryAfterMs()}
     */
    record End(
            long callId,
            int status,
            int reason,
            int outcome,
            int retryAfterMs,
            String statusMessage,
            ByteString details,
            Metadata metadata)
            implements Frame {

        /** The end of a direction in which all went well. */
        public static End ok(long callId) {
            return new End(callId, 0, 0, 0, 0, "", ByteString.EMPTY, Metadata.EMPTY);
        }
    }

    /** The caller no longer wants the reply. */
    record Cancel(long callId) implements Frame {}

    /** Permission to send that many more items of a stream. */
    record Credit(long callId, int credit) implements Frame {}

    /**
     * A question whether the peer lives.
     *
     * @param id any number, which the answer repeats
     */
    record Ping(long id) implements Frame {}

    /** The answer to a ping. */
    record Pong(long id) implements Frame {}

    /**
     * The sender takes no new calls.
     *
     * @param lastCallId the last call accepted, 0 if none; later ones did not run
     */
    record Drain(long lastCallId) implements Frame {}

    /** The sender takes calls again. */
    record Ready() implements Frame {}
}
