package io.rpcboot.transport;

import com.google.protobuf.MessageLite;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.rpcboot.Deadline;
import io.rpcboot.Outcome;
import io.rpcboot.Reason;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.wire.Header;

/** A request of a caller that speaks mprpc: its answer is the bare reply message, or bytes that are none. */
final class MprpcCall extends IncomingCall {

    private static final long ONLY_ID = 1;

    private final MprpcCaller caller;
    private final int maxReplyBytes;
    private final String method;

    MprpcCall(
            MprpcCaller caller,
            ReplyRoute route,
            int methodIndex,
            Header header,
            Deadline deadline,
            long arrivedAt,
            ByteBuf body,
            int maxReplyBytes) {
        super(route, ONLY_ID, methodIndex, header, deadline, arrivedAt, body);
        this.caller = caller;
        this.maxReplyBytes = maxReplyBytes;
        this.method = header.serviceName() + '/' + header.methodName();
    }

    @Override
    int maxReplyBytes() {
        return maxReplyBytes;
    }

    @Override
    RpcException tooLarge(int size) {
        String why = "the reply has " + size + " bytes, of which a caller that speaks mprpc reads " + maxReplyBytes
                + " (rpc.server.mprpc.max-reply-size)";
        caller.warn(method + ": " + why);
        return RpcException.of(RpcStatus.RESOURCE_EXHAUSTED, why)
                .reason(Reason.MESSAGE_TOO_LARGE)
                .outcome(Outcome.RAN)
                .withoutStackTrace()
                .build();
    }

    @Override
    public void write(Outbox outbox) {
        freeSlot();
        RpcException failure = failure();
        caller.answer(outbox, failure == null ? bareReply() : caller.unparsable(failure));
    }

    private ByteBuf bareReply() {
        ByteBuf large = takeLargeBody();
        if (large != null) {
            return large;
        }
        MessageLite message = replyMessage();
        return message == null ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(message.toByteArray());
    }
}
