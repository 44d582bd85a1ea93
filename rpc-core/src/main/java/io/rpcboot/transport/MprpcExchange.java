package io.rpcboot.transport;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageLite;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.rpcboot.Outcome;
import io.rpcboot.Reason;
import io.rpcboot.RpcException;
import io.rpcboot.RpcReply;
import io.rpcboot.RpcStatus;
import io.rpcboot.wire.Header;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One call of a provider that speaks mprpc, on a connection of its own: the request in one write, then all that comes until the provider
 * ends the connection. Runs on the event loop, but for what says otherwise.
 */
final class MprpcExchange extends ChannelInboundHandlerAdapter {

    /** Begins no message: what this framework's servers answer in place of a reply. */
    private static final byte NO_MESSAGE = 7;

    private static final String STATUS_END = ": ";

    private final MprpcConnection connection;
    private final PendingCall pending;
    private final byte[] request;
    private final MprpcService service;
    private final int maxReplyBytes;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile @Nullable ChannelHandlerContext context;
    private volatile @Nullable ScheduledFuture<?> deadline;
    private @Nullable ByteBuf reply;
    private boolean written;

    MprpcExchange(
            MprpcConnection connection,
            PendingCall pending,
            byte[] request,
            MprpcService service,
            TransportOptions options) {
        this.connection = connection;
        this.pending = pending;
        this.request = request;
        this.service = service;
        this.maxReplyBytes = options.limits().maxMessageBytes();
    }

    /**
     * Opens the connection. Any thread, once.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the transport is closed
     */
    void begin(Transport transport) {
        long left = Math.max(0, pending.call().deadline().remainingNanos());
        deadline =
                transport.schedule(() -> whereItIsWritten(() -> endForGood(pending.expired())), Duration.ofNanos(left));
        transport.open(connection.endpoint(), channel -> this, this::notConnected);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        if (over.get()) {
            close();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        connection.reachable();
        if (over.get()) {
            return;
        }
        if (pending.call().deadline().isExpired()) {
            endForGood(pending.expired());
        } else if (!pending.commit()) {
            giveUp();
        } else {
            written = true;
            // Told before the end of the connection, which would look like that of an empty reply.
            active.writeAndFlush(Unpooled.wrappedBuffer(request)).addListener(sent -> {
                if (!sent.isSuccess()) {
                    exceptionCaught(active, sent.cause());
                }
            });
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext read, Object message) {
        try {
            ByteBuf bytes = (ByteBuf) message;
            ByteBuf whole = reply == null ? read.alloc().buffer(bytes.readableBytes()) : reply;
            reply = whole;
            if (whole.readableBytes() + bytes.readableBytes() <= maxReplyBytes) {
                whole.writeBytes(bytes);
            } else {
                endForGood(pending.failure(
                        RpcStatus.RESOURCE_EXHAUSTED,
                        Reason.MESSAGE_TOO_LARGE,
                        Outcome.RAN,
                        "the reply is larger than the " + maxReplyBytes + " bytes this client accepts"));
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) {
        ByteBuf whole = reply;
        if (over.get()) {
            return;
        }
        if (!written || inactive.executor().isShuttingDown()) {
            // It is this side that ends it.
            lost();
        } else if (whole != null && whole.getByte(0) == NO_MESSAGE) {
            endForGood(refusal(whole.toString(1, whole.readableBytes() - 1, StandardCharsets.US_ASCII)));
        } else if (whole != null) {
            complete(whole);
        } else {
            emptyReply();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
        end(pending.failure(RpcException.of(
                        RpcStatus.UNAVAILABLE,
                        cause instanceof IOException
                                ? "the connection was lost: " + cause.getMessage()
                                : "the connection failed: " + cause)
                .reason(Reason.CONNECTION_LOST)
                .outcome(written ? Outcome.MAY_HAVE_RUN : Outcome.DID_NOT_RUN)
                .cause(cause)));
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext removed) {
        ByteBuf whole = reply;
        reply = null;
        if (whole != null) {
            whole.release();
        }
    }

    private void complete(ByteBuf whole) {
        if (finish()) {
            Replies.complete(new Header(), whole, pending);
        }
    }

    /** Providers say in no other way that they failed, so that only some methods' empty replies can be taken for what they may be. */
    private void emptyReply() {
        MessageLite empty = emptyMessage();
        boolean hasFields = !(empty instanceof Message message)
                || !message.getDescriptorForType().getFields().isEmpty();
        String method = pending.call().method().name();
        if (empty != null && (!hasFields || service.emptyReplies().contains(method))) {
            if (finish()) {
                pending.complete(RpcReply.of(empty));
            }
            return;
        }
        end(pending.failure(
                RpcStatus.UNAVAILABLE,
                Reason.CONNECTION_LOST,
                Outcome.MAY_HAVE_RUN,
                "the provider ended the connection without a byte: it died, or has set nothing in its reply. Where the latter is meant,"
                        + " say so by rpc.client.services."
                        + pending.call().method().service() + ".methods." + method
                        + ".empty-reply=accept"));
    }

    private @Nullable MessageLite emptyMessage() {
        try {
            return pending.call().method().replyParser().parseFrom(new byte[0]);
        } catch (InvalidProtocolBufferException e) {
            // A message of proto2 with required fields is never empty.
            return null;
        }
    }

    private RpcException refusal(String text) {
        int end = text.indexOf(STATUS_END);
        for (RpcStatus status : RpcStatus.values()) {
            if (end > 0 && status.name().equals(text.substring(0, end))) {
                return failure(status, text.substring(end + STATUS_END.length()));
            }
        }
        return failure(RpcStatus.UNKNOWN, text);
    }

    private RpcException failure(RpcStatus status, String text) {
        return pending.failure(status, Reason.UNSPECIFIED, Outcome.MAY_HAVE_RUN, text);
    }

    /** No connection could be opened. Any thread. */
    void notConnected(Throwable cause) {
        if (!over.get()) {
            connection.unreachable();
        }
        end(pending.failure(RpcException.of(RpcStatus.UNAVAILABLE, "connecting failed: " + cause.getMessage())
                .reason(Reason.CONNECTION_LOST)
                .outcome(Outcome.DID_NOT_RUN)
                .cause(cause)));
    }

    /** This side closes. Any thread. */
    void lost() {
        whereItIsWritten(() -> end(pending.failure(
                RpcStatus.UNAVAILABLE,
                Reason.CONNECTION_LOST,
                pending.isWritten() ? Outcome.MAY_HAVE_RUN : Outcome.DID_NOT_RUN,
                "the connection was closed")));
    }

    /** Where nothing is written meanwhile, so that what is said of it is true. */
    private void whereItIsWritten(Runnable task) {
        ChannelHandlerContext open = context;
        if (open == null || open.executor().inEventLoop() || open.executor().isShuttingDown()) {
            task.run();
        } else {
            open.executor().execute(task);
        }
    }

    /** The call has ended for its caller. Any thread. */
    void giveUp() {
        finish();
    }

    private void end(RpcException failure) {
        if (finish()) {
            pending.fail(failure);
        }
    }

    private void endForGood(RpcException failure) {
        if (finish()) {
            pending.failForGood(failure);
        }
    }

    /** True once: for whoever says how the call ends. */
    private boolean finish() {
        if (!over.compareAndSet(false, true)) {
            return false;
        }
        connection.over(pending, this);
        close();
        return true;
    }

    private void close() {
        ScheduledFuture<?> timer = deadline;
        if (timer != null) {
            timer.cancel(false);
        }
        ChannelHandlerContext open = context;
        if (open != null) {
            open.close();
        }
    }
}
