package io.rpcboot.transport;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.netty.buffer.ByteBuf;
import io.rpcboot.Cancellation;
import io.rpcboot.Deadline;
import io.rpcboot.Metadata;
import io.rpcboot.Outcome;
import io.rpcboot.Peer;
import io.rpcboot.Reason;
import io.rpcboot.RpcException;
import io.rpcboot.RpcReply;
import io.rpcboot.RpcStatus;
import io.rpcboot.wire.FrameKind;
import io.rpcboot.wire.Header;
import io.rpcboot.wire.MessageCodec;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A request that arrived, and the way back for its reply. The body is not decoded before it is asked for. Handed, with its body, from the event
 * loop to one worker; the first answer counts, further ones are ignored.
 */
public sealed class IncomingCall implements Outgoing, BodyOwner permits MprpcCall {

    private static final AtomicReferenceFieldUpdater<IncomingCall, Object> ANSWER =
            AtomicReferenceFieldUpdater.newUpdater(IncomingCall.class, Object.class, "answer");

    private static final int ALL_THERE_IS = -1;

    private final ReplyRoute route;
    private final long id;
    private final int methodIndex;
    private final int attempt;
    private final Metadata metadata;
    private final long deadline;
    private final long halfTimeAt;
    private final Cancellation cancellation = new Cancellation();
    private @Nullable ByteBuf body;
    private int bodyStart;
    private int bodyBytes = ALL_THERE_IS;

    /** Null, an {@link RpcReply}, or an {@link RpcException}. */
    private volatile @Nullable Object answer;

    private volatile boolean callerGone;
    private boolean replaced;
    private @Nullable ByteBuf largeBody;
    private @Nullable Outgoing next;

    /** Bytes for which the call stands in the budgets; for the event loop only. */
    private int charge;

    IncomingCall(
            ReplyRoute route,
            long id,
            int methodIndex,
            Header header,
            Deadline deadline,
            long arrivedAt,
            ByteBuf body) {
        this.route = route;
        this.id = id;
        this.methodIndex = methodIndex;
        this.attempt = header.attempt();
        this.metadata = header.metadata();
        this.deadline = deadline.nanoTime();
        this.halfTimeAt = arrivedAt + (deadline.nanoTime() - arrivedAt) / 2;
        this.body = body;
    }

    /** The body is these bytes of its buffer only. To be called before the call is handed on. */
    void bodyIs(int start, int bytes) {
        bodyStart = start;
        bodyBytes = bytes;
    }

    /** Index in the {@link MethodTable}. */
    public int methodIndex() {
        return methodIndex;
    }

    /** How often the caller sent this call before. */
    public int attempt() {
        return attempt;
    }

    public Metadata metadata() {
        return metadata;
    }

    /** When the caller gives up; time the request spent in queues on its way is taken off. */
    public Deadline deadline() {
        return Deadline.at(deadline);
    }

    public Peer peer() {
        return route.peer();
    }

    /** Cancelled when the caller gives up, its connection is gone, or the deadline passes. */
    public Cancellation cancellation() {
        return cancellation;
    }

    /**
     * Decodes the request. Once only: the bytes are let go.
     *
     * @throws RpcException if the bytes are not a message of this type
     */
    public MessageLite read(Parser<? extends MessageLite> parser) {
        ByteBuf bytes = takeBody();
        if (bytes == null) {
            throw new IllegalStateException("the body of the call was read or let go before");
        }
        try {
            return bodyBytes == ALL_THERE_IS
                    ? MessageCodec.read(parser, bytes)
                    : MessageCodec.read(parser, bytes, bodyStart, bodyBytes);
        } catch (InvalidProtocolBufferException e) {
            throw RpcException.of(
                            RpcStatus.INVALID_ARGUMENT,
                            "the request is not a message of the contract's type; do both sides have the same contract? "
                                    + e.getMessage())
                    .reason(Reason.BAD_REQUEST)
                    .outcome(Outcome.DID_NOT_RUN)
                    .build();
        } finally {
            bytes.release();
        }
    }

    /** Answers with a reply. Large ones are encoded here, on the calling thread. */
    public void reply(RpcReply reply) {
        releaseBody();
        if (!ANSWER.compareAndSet(this, null, reply)) {
            return;
        }
        try {
            prepare(reply);
        } catch (RuntimeException | Error e) {
            route.notEncoded(this, e);
        }
        route.send(this);
    }

    private void prepare(RpcReply reply) {
        MessageLite message = reply.message();
        int size = message.getSerializedSize();
        if (size > maxReplyBytes()) {
            answer = tooLarge(size);
        } else if (size > MessageCodec.SMALL_BYTES && !callerGone) {
            largeBody = route.encode(message, size);
        }
    }

    /** Bytes of a reply that the caller takes. */
    int maxReplyBytes() {
        return route.maxMessageBytes();
    }

    /** What a caller hears whose reply has so many bytes, more than it takes. */
    RpcException tooLarge(int size) {
        return RpcException.of(
                        RpcStatus.RESOURCE_EXHAUSTED,
                        "the reply has " + size + " bytes, the caller accepts " + maxReplyBytes()
                                + " (there: rpc.client.max-message-size)")
                .reason(Reason.MESSAGE_TOO_LARGE)
                .outcome(Outcome.RAN)
                .withoutStackTrace()
                .build();
    }

    /** Answers with a failure. */
    public void fail(RpcException failure) {
        releaseBody();
        failMeanwhile(failure);
    }

    /** Answers with a failure while a worker has the call, and with it the body. Any thread. */
    final void failMeanwhile(RpcException failure) {
        if (ANSWER.compareAndSet(this, null, failure)) {
            route.send(this);
        }
    }

    long id() {
        return id;
    }

    /** Whether more than half of the time that the call was given is left. */
    boolean isEarly(long now) {
        return halfTimeAt - now > 0;
    }

    /** The caller, or its connection, is gone: work is wasted, and the answer says no more than that the call is over. */
    void callerIsGone() {
        callerGone = true;
        cancellation.cancel();
    }

    void addCharge(int bytes) {
        charge += bytes;
    }

    /** The bytes charged since this was last asked. */
    int takeCharge() {
        int bytes = charge;
        charge = 0;
        return bytes;
    }

    private @Nullable ByteBuf takeBody() {
        ByteBuf bytes = body;
        body = null;
        return bytes;
    }

    private void releaseBody() {
        ByteBuf bytes = takeBody();
        if (bytes != null) {
            bytes.release();
        }
    }

    @Override
    public @Nullable Outgoing next() {
        return next;
    }

    @Override
    public void next(@Nullable Outgoing following) {
        next = following;
    }

    /** The call has its answer, and counts among those under way no longer. Event loop only. */
    final void freeSlot() {
        route.answered(this);
    }

    final @Nullable MessageLite replyMessage() {
        return answer instanceof RpcReply reply ? reply.messageOrNull() : null;
    }

    final @Nullable RpcException failure() {
        return answer instanceof RpcException failure ? failure : null;
    }

    @Override
    public void write(Outbox outbox) {
        freeSlot();
        ByteBuf large = takeLargeBody();
        if (callerGone) {
            if (large != null) {
                large.release();
            }
            replaceBy(Refusals.cancelled());
            outbox.message(this, null);
        } else if (large != null) {
            outbox.large(this, id, FrameKind.RESPONSE, large);
        } else {
            outbox.message(this, replyMessage());
        }
    }

    @Override
    public void fill(Header header) {
        header.callId(id).kind(FrameKind.RESPONSE);
        Object filled = answer;
        if (filled != Refusals.cancelled()) {
            // Who has given the call up does not look at the number.
            header.methodId(route.firstReplyOf(methodIndex));
        }
        if (filled instanceof RpcException failure) {
            Failures.fill(header, failure);
        } else if (filled instanceof RpcReply reply) {
            header.metadata(reply.metadata());
        }
    }

    @Override
    public boolean abandoned() {
        return callerGone;
    }

    @Override
    public void cutShort(Outbox outbox) {
        replaceBy(Refusals.cancelled());
        outbox.message(this, null);
    }

    @Override
    public void dropped(Throwable cause) {
        ByteBuf large = takeLargeBody();
        if (large != null) {
            large.release();
        }
        route.answered(this);
        route.couldNotWrite(this, cause);
    }

    /** A short answer in place of one that could not be encoded. */
    void replaceBy(RpcException failure) {
        answer = failure;
        replaced = true;
    }

    boolean isReplaced() {
        return replaced;
    }

    final @Nullable ByteBuf takeLargeBody() {
        ByteBuf large = largeBody;
        largeBody = null;
        return large;
    }
}
