package io.rpcboot.transport;

import com.google.protobuf.MessageLite;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.rpcboot.Deadline;
import io.rpcboot.Outcome;
import io.rpcboot.Peer;
import io.rpcboot.Reason;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.wire.Frame;
import io.rpcboot.wire.FrameException;
import io.rpcboot.wire.Header;
import io.rpcboot.wire.MessageCodec;
import io.rpcboot.wire.schema.Hello;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's end of one connection: finds the method of each request and hands the call on. Runs on the event loop. */
final class ServerHandler extends FrameHandler {

    private static final Logger log = LoggerFactory.getLogger(ServerHandler.class);

    private static final long FIRST_FRAME_SECONDS = 3;
    private static final long ALL_CALLS = Long.MAX_VALUE;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** For a request without a timeout: no caller of ours sends one, and no call may live for ever. */
    private static final long DEFAULT_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final TransportOptions options;
    private final Identity identity;
    private final MethodTable methods;
    private final RequestHandler requests;
    private final RequestBytes bytes;
    private final long unreadNanos;
    private final InFlightCalls<IncomingCall> running = new InFlightCalls<>();
    private final InFlightCalls<PartialRequest> partial = new InFlightCalls<>();
    private final BitSet numbered = new BitSet();
    private final QueueingDelay queueing = new QueueingDelay();

    private ChannelHandlerContext context;
    private DeadlineSweep sweep;
    private UnreadReplies unread;
    private volatile Peer peer = Peer.at("unknown");
    private volatile PeerLimits peerLimits = PeerLimits.INITIAL;
    private boolean greeted;
    private boolean draining;
    private boolean refusing;
    private long helloAt;
    private long lastId;
    private long lastRequestAt;

    @SuppressWarnings("NullAway.Init") // What belongs to the channel comes with it, before any other event.
    ServerHandler(
            TransportOptions options,
            Identity identity,
            MethodTable methods,
            RequestHandler requests,
            ServerLimits serverLimits,
            ByteBudget allBytes) {
        super(options.limits(), options.checksum());
        this.options = options;
        this.identity = identity;
        this.methods = methods;
        this.requests = requests;
        this.bytes = new RequestBytes(
                Math.max(
                        serverLimits.maxUnansweredBytesPerConnection(),
                        (long) options.limits().maxMessageBytes() + RequestBytes.PER_CALL),
                allBytes);
        this.unreadNanos = serverLimits.unwritableTimeout().toNanos();
    }

    Peer peer() {
        return peer;
    }

    int peerMaxMessageBytes() {
        return peerLimits.maxMessageBytes();
    }

    ByteBuf encode(MessageLite message, int size) {
        ByteBuf body = context.alloc().ioBuffer(size);
        try {
            MessageCodec.write(message, size, body);
            return body;
        } catch (RuntimeException | Error e) {
            body.release();
            throw e;
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) throws Exception {
        super.handlerAdded(added);
        context = added;
        sweep = new DeadlineSweep(added.channel().eventLoop(), this::expire);
        unread = new UnreadReplies(added.channel(), unreadNanos, this::closeUnread);
    }

    @Override
    public void channelActive(ChannelHandlerContext active) throws Exception {
        super.channelActive(active);
        peer = Peer.at(Addresses.text(active.channel().remoteAddress()));
        active.channel().eventLoop().schedule(this::requireGreeting, FIRST_FRAME_SECONDS, TimeUnit.SECONDS);
    }

    private void requireGreeting() {
        if (!greeted && context.channel().isActive()) {
            log.debug("{}: closing the connection, nothing came within {} s", peer, FIRST_FRAME_SECONDS);
            context.close();
        }
    }

    /** A caller that leaves replies unread gets no new ones: its requests stay with it. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext changed) throws Exception {
        unread.writabilityChanged();
        super.channelWritabilityChanged(changed);
    }

    private void closeUnread() {
        log.warn(
                "{}: closing the connection, its replies were not read for {} ms", peer, unreadNanos / NANOS_PER_MILLI);
        context.close();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext read) throws Exception {
        if (read.channel().config().isAutoRead()) {
            super.channelReadComplete(read);
            return;
        }
        // The decoder above would ask for more bytes, since it sees no message come out.
        outbox().endBatch();
        discardSomeReadBytes();
        read.fireChannelReadComplete();
    }

    @Override
    public void frame(Frame frame) {
        if (frame instanceof Frame.Hello hello) {
            hello(hello.body());
        } else if (frame instanceof Frame.Cancel cancel) {
            cancel(cancel.callId());
        } else if (frame instanceof Frame.Ping ping) {
            outbox().add(new ControlFrame(new Frame.Pong(ping.id())));
        }
        // The frames of streams concern features this side never announced.
    }

    private void hello(Hello hello) {
        greeted = true;
        helloAt = readTime();
        peer = new Peer(peer.address(), hello.getApplication(), hello.getIncarnation());
        peerLimits = PeerLimits.of(hello.getLimits());
        outbox().add(new ControlFrame(Hellos.frame(identity, options)));
        if (refusing) {
            outbox().add(new ControlFrame(new Frame.Drain(lastId)));
        } else if (draining) {
            outbox().add(new ControlFrame(new Frame.Drain(ALL_CALLS)));
        }
    }

    @Override
    public void request(Header header, ByteBuf body) {
        long id = header.callId();
        PartialRequest begun = partial.isEmpty() ? null : partial.get(id);
        if (begun != null) {
            continued(begun, header, body);
            return;
        }
        checkNew(id);
        lastRequestAt = readTime();
        int method = methodIndex(header);
        RpcException refusal = refusal(header, method);
        if (header.more()) {
            begin(header, method, refusal, body);
        } else if (refusal != null) {
            refuse(header, refusal);
        } else {
            start(id, method, header, body);
        }
    }

    private void checkNew(long id) {
        if (id <= lastId) {
            throw FrameException.malformed("call_id " + id + " after " + lastId + " (expected: a larger one)");
        }
        lastId = id;
    }

    private int methodIndex(Header header) {
        int number = header.methodId();
        if (number != 0) {
            // Only what was given out on this connection is valid.
            return number > 0 && numbered.get(number - 1) ? number - 1 : MethodTable.UNKNOWN_METHOD;
        }
        return methods.indexOf(header.serviceName(), header.methodName());
    }

    /** Why the call cannot be taken, judged by its header; null if it can. */
    private @Nullable RpcException refusal(Header header, int method) {
        RpcException refusal = Refusals.byHeader(header, method, options.limits());
        if (refusal != null) {
            return refusal;
        }
        if (refusing) {
            return Refusals.stopping();
        }
        return running.size() + partial.size() >= options.maxCalls() ? Refusals.tooManyCalls(options.maxCalls()) : null;
    }

    private Deadline deadline(Header header) {
        long left = header.timeoutMs() > 0 ? header.timeoutMs() * NANOS_PER_MILLI : DEFAULT_TIMEOUT_NANOS;
        if (header.hasSentAt()) {
            long arrivedAt = (readTime() - helloAt) / NANOS_PER_MILLI;
            left -= queueing.excessMillis(arrivedAt, header.sentAtMs()) * NANOS_PER_MILLI;
        }
        return Deadline.at(readTime() + left);
    }

    private void begin(Header header, int method, @Nullable RpcException refusal, ByteBuf body) {
        BodyAssembly assembly = new BodyAssembly(
                context.alloc().compositeBuffer(Integer.MAX_VALUE),
                options.limits().maxMessageBytes());
        IncomingCall call = new IncomingCall(this, header.callId(), method, header, deadline(header), assembly.whole());
        PartialRequest begun = new PartialRequest(call, assembly);
        partial.put(header.callId(), begun);
        sweep.wake();
        if (refusal != null) {
            begun.refuse(refusal);
        } else if (!bytes.charge(call, RequestBytes.PER_CALL)) {
            begun.refuse(Refusals.tooManyBytes());
        } else {
            continued(begun, header, body);
        }
    }

    private void continued(PartialRequest begun, Header header, ByteBuf body) {
        if (!begun.isRefused()) {
            RpcException excess = add(begun, body);
            if (excess != null) {
                begun.refuse(excess);
            }
        }
        if (!header.more()) {
            partial.remove(header.callId());
            if (!begun.isRefused()) {
                run(begun.call());
            }
        }
    }

    private @Nullable RpcException add(PartialRequest begun, ByteBuf body) {
        if (!bytes.charge(begun.call(), body.readableBytes())) {
            return Refusals.tooManyBytes();
        }
        return begun.assembly().add(body) ? null : Refusals.tooLarge(options.limits());
    }

    private void start(long id, int method, Header header, ByteBuf body) {
        int size = RequestBytes.PER_CALL + body.readableBytes();
        if (!bytes.take(size)) {
            refuse(header, Refusals.tooManyBytes());
            return;
        }
        IncomingCall call = new IncomingCall(
                this, id, method, header, deadline(header), body.readRetainedSlice(body.readableBytes()));
        call.addCharge(size);
        run(call);
    }

    private void run(IncomingCall call) {
        if (call.deadline().nanoTime() - readTime() <= 0) {
            call.fail(Refusals.tooLate("before the request was read"));
            return;
        }
        running.put(call.id(), call);
        sweep.wake();
        requests.handle(call);
    }

    private void refuse(Header header, RpcException refusal) {
        new IncomingCall(
                        this,
                        header.callId(),
                        MethodTable.UNKNOWN_METHOD,
                        header,
                        deadline(header),
                        Unpooled.EMPTY_BUFFER)
                .fail(refusal);
    }

    @Override
    public void oversized(Header header, long argsSize) {
        if (header.isAncestor()) {
            ancestor();
            return;
        }
        PartialRequest begun = partial.get(header.callId());
        if (begun != null) {
            begun.refuse(Refusals.tooLarge(options.limits()));
            continued(begun, header, Unpooled.EMPTY_BUFFER);
        } else {
            checkNew(header.callId());
            lastRequestAt = readTime();
            if (header.more()) {
                begin(header, MethodTable.UNKNOWN_METHOD, Refusals.tooLarge(options.limits()), Unpooled.EMPTY_BUFFER);
            } else {
                refuse(header, Refusals.tooLarge(options.limits()));
            }
        }
    }

    private void cancel(long id) {
        PartialRequest begun = partial.remove(id);
        if (begun != null) {
            begun.call().callerIsGone();
            begun.refuse(Refusals.gone(Reason.UNSPECIFIED, "the caller cancelled the call"));
        }
        IncomingCall call = running.get(id);
        if (call != null) {
            call.callerIsGone();
        }
    }

    /** The call has its answer, and its slot is free. */
    void answered(IncomingCall call) {
        running.remove(call.id());
        bytes.release(call);
    }

    /** The number to tell the caller in this reply: the method's index plus one in the first reply of a method, 0 later. */
    int firstReplyOf(int method) {
        if (method < 0 || numbered.get(method)) {
            return 0;
        }
        numbered.set(method);
        return method + 1;
    }

    /** The event loop could not write the answer. */
    void couldNotWrite(IncomingCall call, Throwable cause) {
        if (context.channel().isActive() && !call.isFailure()) {
            notEncoded(call, cause);
            outbox().add(call);
        }
    }

    /** Gives the call a short answer in place of the one that cannot be encoded. */
    void notEncoded(IncomingCall call, Throwable cause) {
        log.error("{}: the reply of call {} could not be encoded", peer, call.id(), cause);
        call.replaceBy(RpcException.of(RpcStatus.INTERNAL, "the reply could not be encoded")
                .outcome(Outcome.RAN)
                .withoutStackTrace()
                .build());
    }

    private boolean expire(long now) {
        // Cancelled calls stay in the table: the slot is free when the method ends, not before.
        running.forEach(call -> {
            if (isOver(call, now)) {
                call.cancellation().cancel();
            }
        });
        // Refused ones stay too, to swallow the pieces that still come.
        partial.forEach(begun -> {
            if (!begun.isRefused() && isOver(begun.call(), now)) {
                begun.refuse(Refusals.tooLate("before the request had come whole"));
            }
        });
        return !running.isEmpty() || !partial.isEmpty();
    }

    private static boolean isOver(IncomingCall call, long now) {
        return call.deadline().nanoTime() - now <= 0;
    }

    /** Asks the caller for no new calls; what still comes is served. Event loop only. */
    void drain() {
        draining = true;
        if (greeted) {
            outbox().add(new ControlFrame(new Frame.Drain(ALL_CALLS)));
        }
    }

    /** Takes new calls again. Event loop only. */
    void ready() {
        draining = false;
        if (greeted) {
            outbox().add(new ControlFrame(new Frame.Ready()));
        }
    }

    /** From here on new calls are refused, and the caller knows which was the last one taken. Event loop only. */
    void refuseNewCalls() {
        refusing = true;
        if (greeted) {
            outbox().add(new ControlFrame(new Frame.Drain(lastId)));
        }
    }

    /** Whether no call is under way and every answer has gone to the socket. Event loop only. */
    boolean isIdle() {
        return running.isEmpty() && partial.isEmpty() && outbox().isDrained();
    }

    /** When the last request came, a reading of {@link System#nanoTime()}; 0 if none ever did. Event loop only. */
    long lastRequestAt() {
        return lastRequestAt;
    }

    @Override
    public void response(Header header, ByteBuf body) {
        throw FrameException.malformed("RESPONSE from a client (expected: REQUEST)");
    }

    @Override
    public void ancestorRequest(Header header, ByteBuf body) {
        ancestor();
    }

    private void ancestor() {
        log.warn(
                "{}: refusing a caller that speaks the ancestor's protocol (mprpc), which this server does not serve",
                peer);
        // No protobuf message starts with 07, so that the caller sees an error and not an empty reply.
        ByteBuf answer =
                Unpooled.copiedBuffer("\u0007this server does not serve mprpc callers", StandardCharsets.US_ASCII);
        context.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    void heard(long now) {
        // It is the client that judges the silence of its peer.
    }

    @Override
    void framingError(FrameException error) {
        ProtocolErrors.report(peer, error);
        context.close();
    }

    @Override
    void unexpected(Throwable failure) {
        log.error("{}: closing the connection after an unexpected failure", peer, failure);
    }

    @Override
    void closed() {
        for (PartialRequest begun : partial.removeIds(id -> true)) {
            begun.call().callerIsGone();
            begun.refuse(Refusals.gone(Reason.CONNECTION_LOST, "the connection was lost"));
        }
        running.forEach(IncomingCall::callerIsGone);
    }
}
