package io.rpcboot.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.SocketChannelConfig;
import io.rpcboot.Outcome;
import io.rpcboot.Reason;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.wire.Frame;
import io.rpcboot.wire.FrameException;
import io.rpcboot.wire.Header;
import io.rpcboot.wire.schema.Hello;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The caller's end of one connection: opens it with HELLO, numbers the calls, and gives each reply to its call. Runs on the event loop. */
final class ClientHandler extends FrameHandler {

    private static final Logger log = LoggerFactory.getLogger(ClientHandler.class);

    private static final long IDLE_LOOK_SECONDS = 1;

    private final Identity identity;
    private final TransportOptions options;
    private final CompletableFuture<ClientConnection> opened;
    private final SentCalls calls = new SentCalls();
    private final SentMethods methods = new SentMethods();

    /** Calls beyond what every server accepts, until the HELLO says what this one accepts; and beyond what it accepts, until it has room. */
    private final Queue<PendingCall> parked = new ArrayDeque<>();

    private PeerLimits peerLimits = PeerLimits.INITIAL;
    private MultiplexedConnection connection;
    private ChannelHandlerContext context;
    private DeadlineSweep sweep;
    private ReplyPieces pieces;
    private Liveness liveness;
    private long lastId;
    private long helloAt;
    private boolean closing;
    private String closeReason = "the connection was lost";

    @SuppressWarnings("NullAway.Init") // What belongs to the channel comes with it, before any other event.
    ClientHandler(Identity identity, TransportOptions options, CompletableFuture<ClientConnection> opened) {
        super(options.limits(), options.checksum());
        this.identity = identity;
        this.options = options;
        this.opened = opened;
    }

    void connection(MultiplexedConnection value) {
        connection = value;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) throws Exception {
        super.handlerAdded(added);
        context = added;
        sweep = new DeadlineSweep(added.channel().eventLoop(), this::expire);
        pieces = new ReplyPieces(added.alloc(), options.limits().maxMessageBytes());
    }

    @Override
    public void channelActive(ChannelHandlerContext active) throws Exception {
        super.channelActive(active);
        helloAt = System.nanoTime();
        liveness = new Liveness(options.keepalive(), helloAt);
        lookWhileIdle();
        outbox().beginBatch();
        outbox().add(new ControlFrame(Hellos.frame(identity, options)));
        // Calls that wait for this connection are added now, so that they leave in the same write.
        opened.complete(connection);
        outbox().endBatch();
    }

    /** Takes the call into the table, if it may be sent now. */
    PendingCall.Admission admit(PendingCall pending, long now) {
        if (pending.isDone()) {
            pending.releaseLargeBody();
            connection.ended(pending);
            return PendingCall.Admission.ENDED;
        }
        if (pending.call().deadline().nanoTime() - now <= 0) {
            return end(pending, pending.expired());
        }
        if (connection.isDraining() || closing) {
            return end(
                    pending,
                    pending.failure(
                            RpcStatus.UNAVAILABLE,
                            Reason.DRAINING,
                            Outcome.DID_NOT_RUN,
                            "the endpoint takes no new calls"));
        }
        PeerLimits.Excess excess = peerLimits.excess(pending, calls.size(), outbox().unsentBytes());
        if (excess != null && excess.passes()) {
            parked.add(pending);
            sweep.wake();
            return PendingCall.Admission.PARKED;
        }
        if (excess != null) {
            return end(
                    pending,
                    pending.failure(RpcStatus.RESOURCE_EXHAUSTED, excess.reason(), Outcome.DID_NOT_RUN, excess.text()));
        }
        if (!pending.commit()) {
            pending.releaseLargeBody();
            connection.ended(pending);
            return PendingCall.Admission.ENDED;
        }
        if (calls.size() == 0) {
            liveness.busySince(now);
        }
        pending.id(++lastId);
        calls.add(pending);
        sweep.wake();
        return PendingCall.Admission.SENT;
    }

    private PendingCall.Admission end(PendingCall pending, RpcException failure) {
        pending.releaseLargeBody();
        connection.ended(pending);
        pending.fail(failure);
        return PendingCall.Admission.ENDED;
    }

    boolean isInFlight(long id, PendingCall pending) {
        return calls.waiting(id) == pending;
    }

    void fill(Header header, PendingCall pending) {
        long now = outbox().now();
        methods.name(pending.call().method(), header);
        long nanosLeft = Math.max(1, pending.call().deadline().nanoTime() - now);
        header.callId(pending.id())
                .timeoutMs((int) Math.min(Integer.MAX_VALUE, 1 + (nanosLeft - 1) / 1_000_000))
                .sentAtMs(Math.max(1, TimeUnit.NANOSECONDS.toMillis(now - helloAt)))
                .attempt(pending.attempt())
                .version(pending.owner().version())
                .group(pending.owner().group())
                .metadata(pending.call().metadata());
    }

    /** Takes the call out of the table; false if it was not in it. */
    boolean forget(PendingCall pending) {
        boolean here = calls.take(pending);
        if (here) {
            pending.dropReplyPieces();
            connection.ended(pending);
            callsLeft();
        }
        return here;
    }

    /** Takes the call out of the table, and tells the server that nobody waits for it. */
    void cancel(PendingCall pending) {
        if (calls.take(pending)) {
            pending.dropReplyPieces();
            giveUp(pending.id(), pending.takeRoom());
            closeIfIdle();
        }
    }

    private void giveUp(long id, CallObserver room) {
        calls.giveUp(id, room);
        outbox().add(new ControlFrame(new Frame.Cancel(id)));
    }

    /** The server is done with a call that was given up. */
    private void leave(long id) {
        CallObserver room = calls.leave(id);
        if (room != null) {
            connection.ended(room);
            callsLeft();
        }
    }

    @Override
    public void response(Header header, ByteBuf body) {
        PendingCall pending = calls.waiting(header.callId());
        if (pending == null) {
            if (!header.more()) {
                leave(header.callId());
            }
            return;
        }
        if (header.methodId() != 0) {
            methods.numbered(pending.call().method(), header.methodId());
        }
        if (ReplyPieces.isPiece(header, pending)) {
            piece(header, body, pending);
        } else {
            finish(header, body, pending);
        }
    }

    private void piece(Header header, ByteBuf body, PendingCall pending) {
        BodyAssembly reply = pieces.add(header, body, pending);
        if (reply == null) {
            return;
        }
        try {
            if (reply.fits()) {
                finish(header, reply.whole(), pending);
            } else {
                oversized(header, 0);
            }
        } finally {
            reply.release();
        }
    }

    private void finish(Header header, ByteBuf body, PendingCall pending) {
        calls.answered(pending);
        connection.ended(pending);
        if (header.encoding() != 0) {
            pending.failForGood(pending.failure(
                    RpcStatus.INTERNAL,
                    Reason.BAD_REPLY,
                    Outcome.RAN,
                    "encoding of the reply: " + header.encoding() + " (expected: 0)"));
        } else if (header.status() != 0) {
            pending.fail(Replies.failure(header, pending));
        } else {
            Replies.complete(header, body, pending);
        }
        callsLeft();
    }

    @Override
    public void oversized(Header header, long argsSize) {
        PendingCall pending = calls.waiting(header.callId());
        if (pending == null && !header.more()) {
            leave(header.callId());
        } else if (pending != null) {
            calls.answered(pending);
            pending.dropReplyPieces();
            connection.ended(pending);
            pending.failForGood(pending.failure(
                    RpcStatus.RESOURCE_EXHAUSTED,
                    Reason.MESSAGE_TOO_LARGE,
                    Outcome.RAN,
                    "the reply is larger than the " + options.limits().maxMessageBytes()
                            + " bytes this client accepts"));
            callsLeft();
        }
    }

    @Override
    public void frame(Frame frame) {
        if (frame instanceof Frame.Hello hello) {
            hello(hello.body());
        } else if (frame instanceof Frame.Ping ping) {
            outbox().add(new ControlFrame(new Frame.Pong(ping.id())));
        } else if (frame instanceof Frame.Drain drain) {
            drain(drain.lastCallId());
        } else if (frame instanceof Frame.Ready) {
            connection.draining(false);
        }
        // CANCEL and the frames of streams concern calls that are over, or features this side never announced.
    }

    private void hello(Hello hello) {
        peerLimits = PeerLimits.of(hello.getLimits());
        connection.maxOutstanding(peerLimits.maxCalls());
        long silenceMs = Integer.toUnsignedLong(hello.getKeepalive().getSilenceMs());
        if (silenceMs > 0) {
            liveness.peerBears(TimeUnit.MILLISECONDS.toNanos(silenceMs));
        }
        connection.peerIncarnation(hello.getIncarnation());
        connection.changed();
        unpark();
    }

    /** Sends of what waits as much as the server accepts. */
    private void unpark() {
        for (int room = peerLimits.maxCalls() - calls.size(); room > 0 && !parked.isEmpty(); room--) {
            outbox().add(parked.remove());
        }
    }

    /** The endpoint takes no new calls, and those after the last accepted one did not run. */
    private void drain(long lastAccepted) {
        connection.draining(true);
        for (PendingCall pending : calls.takeIds(id -> id > lastAccepted)) {
            pending.dropReplyPieces();
            end(
                    pending,
                    pending.failure(
                            RpcStatus.UNAVAILABLE,
                            Reason.DRAINING,
                            Outcome.DID_NOT_RUN,
                            "the endpoint is stopping and did not take the call"));
        }
        closeIfIdle();
    }

    /** Some calls are under way no longer. */
    private void callsLeft() {
        unpark();
        closeIfIdle();
    }

    /** Whether no call waits for its end here, and no timer runs for one. */
    boolean isAtRest() {
        return calls.size() == 0 && parked.isEmpty() && !sweep.isScheduled() && outbox().isDrained();
    }

    /** The id of the newest call. */
    long lastId() {
        return lastId;
    }

    /** Leaves out the ids before this one; gaps are allowed. */
    void skipIdsBefore(long id) {
        lastId = Math.max(lastId, id - 1);
    }

    /** Sends nothing new, and closes after the last reply. */
    void closeWhenIdle() {
        closing = true;
        closeIfIdle();
    }

    private void closeIfIdle() {
        if (isLeaving() && calls.noneWaits() && parked.isEmpty()) {
            // Behind what still waits to be written.
            context.channel().eventLoop().execute(() -> {
                if (isLeaving() && calls.noneWaits() && parked.isEmpty()) {
                    closeReason = "the endpoint was drained";
                    context.close();
                }
            });
        }
    }

    private boolean isLeaving() {
        return closing || connection.isDraining();
    }

    @Override
    void heard(long now) {
        liveness.heard(now);
        if (connection.isSuspect()) {
            connection.suspect(false);
        }
    }

    private void lookWhileIdle() {
        context.channel()
                .eventLoop()
                .schedule(
                        () -> {
                            if (context.channel().isActive()) {
                                judge(System.nanoTime(), TimeUnit.SECONDS.toNanos(IDLE_LOOK_SECONDS));
                                lookWhileIdle();
                            }
                        },
                        IDLE_LOOK_SECONDS,
                        TimeUnit.SECONDS);
    }

    private void judge(long now, long expectedInterval) {
        switch (liveness.look(now, expectedInterval)) {
            case FINE -> {}
            case ASK -> outbox().add(new ControlFrame(new Frame.Ping(now)));
            case SUSPECT -> suspect();
            case DEAD -> abandon();
        }
    }

    /** New calls go elsewhere, and of those that wait here the ones that are safe to repeat. The others may still be answered. */
    private void suspect() {
        if (connection.isSuspect()) {
            return;
        }
        connection.suspect(true);
        for (PendingCall pending :
                calls.takeIf(one -> one.call().method().idempotency().isSafeToRepeat())) {
            long id = pending.id();
            // Once it is handed over it is another event loop's, with all that belongs to it.
            BodyAssembly begun = pending.replyPieces();
            pending.replyPieces(null);
            CallObserver room = pending.takeRoom();
            boolean moved = pending.goesElsewhere(pending.failure(
                    RpcStatus.UNAVAILABLE,
                    Reason.CONNECTION_LOST,
                    Outcome.MAY_HAVE_RUN,
                    "the endpoint gives no sign of life"));
            if (moved) {
                if (begun != null) {
                    begun.release();
                }
                giveUp(id, room);
            } else {
                pending.replyPieces(begun);
                pending.room(room);
                calls.add(pending);
            }
        }
    }

    /** The peer must not find what we sent when it wakes up again, so the connection is reset. */
    private void abandon() {
        closeReason = "the endpoint gave no sign of life";
        if (context.channel().config() instanceof SocketChannelConfig socket) {
            socket.setSoLinger(0);
        }
        context.close();
    }

    private boolean expire(long now) {
        if (calls.size() == 0) {
            liveness.idleSince(now);
        } else {
            judge(now, DeadlineSweep.TICK_NANOS);
        }
        for (PendingCall pending : calls.takeIf(one -> one.call().deadline().nanoTime() - now <= 0)) {
            giveUp(pending.id(), pending.takeRoom());
            pending.dropReplyPieces();
            pending.failForGood(pending.expired());
        }
        parked.removeIf(pending -> {
            boolean over = pending.isDone() || pending.call().deadline().nanoTime() - now <= 0;
            if (over) {
                pending.releaseLargeBody();
                connection.ended(pending);
                pending.failForGood(pending.expired());
            }
            return over;
        });
        callsLeft();
        // A peer that stands still is found by those, too, that were given up: it may hold no others any more.
        return calls.size() > 0 || !parked.isEmpty();
    }

    @Override
    public void request(Header header, ByteBuf body) {
        throw FrameException.malformed("REQUEST from a server (expected: RESPONSE)");
    }

    @Override
    public void mprpcRequest(Header header, ByteBuf body) {
        throw FrameException.malformed("frame with neither call_id nor kind from a server (expected: RESPONSE)");
    }

    @Override
    void framingError(FrameException error) {
        closeReason = "the server broke the protocol: " + error.getMessage();
        log.warn("{}: closing the connection, {}", connection.endpoint(), closeReason);
        context.close();
    }

    @Override
    void unexpected(Throwable failure) {
        closeReason = "the connection failed: " + failure;
        log.error("{}: closing the connection after an unexpected failure", connection.endpoint(), failure);
    }

    @Override
    void closed() {
        List<PendingCall> unanswered = calls.takeIds(id -> true);
        List<CallObserver> left = calls.leaveAll();
        List<PendingCall> unsent = List.copyOf(parked);
        parked.clear();
        // First of all, so that calls which move elsewhere do not come back here.
        connection.changed();
        left.forEach(connection::ended);
        for (PendingCall pending : unanswered) {
            pending.dropReplyPieces();
            end(
                    pending,
                    pending.failure(RpcStatus.UNAVAILABLE, Reason.CONNECTION_LOST, Outcome.MAY_HAVE_RUN, closeReason));
        }
        for (PendingCall pending : unsent) {
            end(
                    pending,
                    pending.failure(RpcStatus.UNAVAILABLE, Reason.CONNECTION_LOST, Outcome.DID_NOT_RUN, closeReason));
        }
    }
}
