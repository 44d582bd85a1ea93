package io.rpcboot.transport;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.netty.buffer.ByteBuf;
import io.rpcboot.Outcome;
import io.rpcboot.Reason;
import io.rpcboot.RpcException;
import io.rpcboot.RpcReply;
import io.rpcboot.RpcStatus;
import io.rpcboot.wire.Header;
import io.rpcboot.wire.MessageCodec;
import java.time.Duration;

/** Makes replies and failures of what the server sent. */
final class Replies {

    private Replies() {}

    /** Ends the call with the reply message in the body. */
    static void complete(Header header, ByteBuf body, PendingCall pending) {
        try {
            MessageLite message = MessageCodec.read(pending.call().method().replyParser(), body);
            pending.complete(new RpcReply(message, header.metadata()));
        } catch (InvalidProtocolBufferException e) {
            pending.failForGood(pending.failure(RpcException.of(
                            RpcStatus.INTERNAL,
                            "the reply is not a message of the contract's type; do both sides have the same contract? "
                                    + e.getMessage())
                    .reason(Reason.BAD_REPLY)
                    .outcome(Outcome.RAN)
                    .cause(e)));
        } catch (RuntimeException | Error e) {
            pending.failForGood(
                    pending.failure(RpcException.of(RpcStatus.INTERNAL, "the reply could not be decoded: " + e)
                            .reason(Reason.BAD_REPLY)
                            .outcome(Outcome.RAN)
                            .cause(e)));
        }
    }

    /** The failure that the header tells of. */
    static RpcException failure(Header header, PendingCall pending) {
        RpcStatus status = RpcStatus.of(header.status());
        String text = header.statusMessage();
        if (status == RpcStatus.UNKNOWN && header.status() != RpcStatus.UNKNOWN.code()) {
            text = "status " + header.status() + (text.isEmpty() ? "" : ": " + text);
        }
        return pending.failure(RpcException.of(status, text)
                .reason(Reason.of(header.reason()))
                .outcome(Outcome.of(header.outcome()))
                .details(header.details())
                .retryAfter(header.hasRetryAfter() ? Duration.ofMillis(header.retryAfterMs()) : null));
    }
}
