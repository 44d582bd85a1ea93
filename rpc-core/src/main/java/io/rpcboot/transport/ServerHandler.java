package io.rpcboot.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.rpcboot.wire.ForeignProtocol;
import io.rpcboot.wire.Frame;
import io.rpcboot.wire.FrameException;
import io.rpcboot.wire.Header;
import io.rpcboot.wire.schema.Hello;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's end of one connection: gives each frame and each event to the part that it concerns. Runs on the event loop. */
final class ServerHandler extends FrameHandler {

    private static final Logger log = LoggerFactory.getLogger(ServerHandler.class);
    private static final RareWarnings warnings = new RareWarnings(log);

    private final TransportOptions options;
    private final Identity identity;
    private final MethodTable methods;
    private final RequestHandler requests;
    private final ServerLimits limits;
    private final @Nullable MprpcPort mprpcPort;
    private final RequestBytes bytes;

    private ChannelHandlerContext context;
    private DrainNotice notice;
    private CallerConduct conduct;
    private OpenCalls calls;
    private ReplyRoute route;
    private RequestIntake intake;
    private MprpcCaller mprpc;
    private UnreadReplies unread;
    private CallerWatch watch;

    @SuppressWarnings("NullAway.Init") // What belongs to the channel comes with it, before any other event.
    ServerHandler(
            TransportOptions options,
            Identity identity,
            MethodTable methods,
            RequestHandler requests,
            ServerLimits limits,
            @Nullable MprpcPort mprpcPort,
            ByteBudget allBytes) {
        super(options.limits(), options.checksum());
        this.options = options;
        this.identity = identity;
        this.methods = methods;
        this.requests = requests;
        this.limits = limits;
        this.mprpcPort = mprpcPort;
        this.bytes = new RequestBytes(
                Math.max(
                        limits.maxUnansweredBytesPerConnection(),
                        (long) options.limits().maxMessageBytes() + RequestBytes.PER_CALL),
                allBytes);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) throws Exception {
        super.handlerAdded(added);
        context = added;
        conduct = new CallerConduct(limits.abuse(), options.maxCalls(), System.nanoTime());
        notice = new DrainNotice(outbox());
        MethodNumbers numbers = new MethodNumbers(methods, conduct);
        calls = new OpenCalls(added.channel().eventLoop(), bytes);
        route = new ReplyRoute(added.channel(), outbox(), numbers, calls, conduct);
        RequestPieces pieces = new RequestPieces(added.alloc(), options.limits(), calls, bytes);
        intake = new RequestIntake(options, requests, numbers, calls, bytes, pieces, notice, route);
        mprpc = new MprpcCaller(
                added.channel(),
                mprpcPort,
                options.limits(),
                limits.timeouts().unwritable(),
                methods,
                requests,
                bytes,
                calls,
                notice,
                route);
        unread = new UnreadReplies(added.channel(), limits.timeouts().unwritable(), this::close);
        watch = new CallerWatch(added.channel(), decoder(), limits.timeouts(), this::close);
    }

    @Override
    public void channelActive(ChannelHandlerContext active) throws Exception {
        super.channelActive(active);
        route.connected();
        mprpc.mayCome();
        watch.begin();
        Duration time = limits.timeouts().firstFrame();
        new Patience(active.channel().eventLoop(), time, this::awaitsGreeting, () -> closeUngreeted(time)).begin();
    }

    private boolean awaitsGreeting() {
        return !notice.hasGreeted() && !mprpc.isHere() && context.channel().isActive();
    }

    /** Not worth a warning: it may be no more than a look whether the port is open. */
    private void closeUngreeted(Duration time) {
        if (mprpcMayBeComing()) {
            mprpc.broken("the request did not come within " + time.toMillis() + " ms (rpc.server.first-frame-timeout)");
            return;
        }
        log.debug(
                "{}: closing the connection, no frame came within {} ms (rpc.server.first-frame-timeout)",
                route.peer(),
                time.toMillis());
        context.close();
    }

    private void close(String why) {
        warnings.closing(route.peer(), why);
        context.close();
    }

    /** A caller that leaves replies unread gets no new ones: its requests stay with it. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext changed) throws Exception {
        unread.writabilityChanged();
        super.channelWritabilityChanged(changed);
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
            conduct.ping(readTime());
            outbox().add(new ControlFrame(new Frame.Pong(ping.id())));
        }
        // The frames of streams concern features this side never announced.
    }

    private void hello(Hello hello) {
        mprpc.cannotCome();
        intake.greeted(readTime());
        route.greeted(hello);
        outbox().add(new ControlFrame(
                Hellos.ofServer(identity, options, limits.timeouts().silence())));
        notice.greeted(intake.lastId());
    }

    private void cancel(long id) {
        IncomingCall wanted = calls.cancel(id);
        if (wanted != null && wanted.isEarly(readTime())) {
            conduct.cancelledEarly(readTime());
        }
    }

    @Override
    public void request(Header header, ByteBuf body) {
        intake.request(header, body, readTime());
    }

    @Override
    public void oversized(Header header, long argsSize) {
        if (header.isMprpc()) {
            watch.end();
            mprpc.oversized(readTime());
        } else {
            intake.oversized(header, readTime());
        }
    }

    /** Asks the caller for no new calls; what still comes is served. Event loop only. */
    void drain() {
        notice.drain();
    }

    /** Takes new calls again. Event loop only. */
    void ready() {
        notice.ready();
    }

    /** From here on new calls are refused, and the caller knows which was the last one taken. Event loop only. */
    void refuseNewCalls() {
        notice.refuse(intake.lastId());
    }

    /** Whether no call is under way and every answer has gone to the socket. Event loop only. */
    boolean isIdle() {
        return calls.isEmpty() && outbox().isDrained() && !mprpcMayBeComing();
    }

    private boolean mprpcMayBeComing() {
        boolean unknown = !notice.hasGreeted() && !mprpc.isHere();
        return mprpc.isServed() && unknown && decoder().unfinishedBytes() > 0;
    }

    /** When the last request came, a reading of {@link System#nanoTime()}; 0 if none ever did. Event loop only. */
    long lastRequestAt() {
        return intake.lastRequestAt();
    }

    @Override
    public void response(Header header, ByteBuf body) {
        throw FrameException.malformed("RESPONSE from a client (expected: REQUEST)");
    }

    @Override
    public void mprpcRequest(Header header, ByteBuf body) {
        // From here on it is this side that makes the caller wait.
        watch.end();
        mprpc.request(header, body, readTime());
    }

    /** Where the channel lets either side end alone. */
    @Override
    public void userEventTriggered(ChannelHandlerContext told, Object event) throws Exception {
        super.userEventTriggered(told, event);
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            if (mprpc.isHere()) {
                mprpc.inputEnded();
            } else if (mprpcMayBeComing()) {
                mprpc.broken("the request ends too early");
                mprpc.inputEnded();
            } else {
                told.close();
            }
        }
    }

    @Override
    void heard(long now) {
        watch.heard();
    }

    @Override
    void framingError(FrameException error) {
        String what = Objects.requireNonNull(error.getMessage());
        boolean mayBeMprpc = !notice.hasGreeted() && error.protocol() == ForeignProtocol.UNKNOWN;
        if (mprpc.isServed() && mayBeMprpc) {
            watch.end();
            mprpc.broken(what);
        } else {
            mprpc.cannotCome();
            close(what);
        }
    }

    @Override
    void unexpected(Throwable failure) {
        log.error("{}: closing the connection after an unexpected failure", route.peer(), failure);
    }

    @Override
    void closed() {
        watch.end();
        calls.abandon();
    }
}
