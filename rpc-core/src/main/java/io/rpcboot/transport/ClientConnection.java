package io.rpcboot.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.rpcboot.Endpoint;
import io.rpcboot.Invoker;
import io.rpcboot.Outcome;
import io.rpcboot.Reason;
import io.rpcboot.RpcCall;
import io.rpcboot.RpcException;
import io.rpcboot.RpcReply;
import io.rpcboot.RpcStatus;
import io.rpcboot.wire.Header;
import io.rpcboot.wire.MessageCodec;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Function;

/**
 * An open connection to an endpoint; carries any number of calls at once, with replies in any order. Safe for use by many threads.
 */
public final class ClientConnection implements Invoker {

    private static final AtomicIntegerFieldUpdater<ClientConnection> OUTSTANDING =
            AtomicIntegerFieldUpdater.newUpdater(ClientConnection.class, "outstanding");

    private final Endpoint endpoint;
    private final Channel channel;
    private final ClientHandler handler;
    private volatile int outstanding;
    private volatile int maxOutstanding = PeerLimits.INITIAL.maxCalls();
    private volatile boolean draining;
    private volatile boolean suspect;
    private volatile long peerIncarnation;
    private volatile Runnable onChange = () -> {};
    private volatile Runnable onRoom = () -> {};

    ClientConnection(Endpoint endpoint, Channel channel, ClientHandler handler) {
        this.endpoint = endpoint;
        this.channel = channel;
        this.handler = handler;
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    /** Calls under way over this connection. */
    public int outstanding() {
        return outstanding;
    }

    /** Whether new calls may be sent: the connection is open and the endpoint has not asked for an end. */
    public boolean isUsable() {
        return !draining && channel.isActive();
    }

    /** Whether the endpoint has been silent for longer than it should, so that calls had better go elsewhere. */
    public boolean isSuspect() {
        return suspect;
    }

    public boolean isOpen() {
        return channel.isActive();
    }

    /** Whether the endpoint has asked for no new calls. */
    public boolean isDraining() {
        return draining;
    }

    /** The random number of the process at the other end; 0 until it has said so. */
    public long peerIncarnation() {
        return peerIncarnation;
    }

    /** Has the listener run, on the event loop, whenever {@link #isUsable()} or {@link #isSuspect()} may have changed. At most one. */
    public void onChange(Runnable listener) {
        onChange = listener;
    }

    /**
     * Has the listener run whenever a connection that had as many calls under way as the server accepts has room again. Runs on the thread that
     * ended a call. At most one.
     */
    public void onRoom(Runnable listener) {
        onRoom = listener;
    }

    @Override
    public CompletableFuture<RpcReply> invoke(RpcCall call) {
        PendingCall pending = new PendingCall(call, FailureHandler.NONE);
        if (reserve()) {
            send(pending);
        } else {
            pending.fail(pending.failure(
                    RpcStatus.RESOURCE_EXHAUSTED,
                    Reason.LIMIT,
                    Outcome.DID_NOT_RUN,
                    outstanding + " calls are under way on this connection, the server accepts " + maxOutstanding));
        }
        return pending;
    }

    /** Calls that the server accepts on this connection at once. */
    public int maxOutstanding() {
        return maxOutstanding;
    }

    /** Takes room for one call, which must then be sent or {@linkplain #release() given up}; false if there is none. */
    public boolean reserve() {
        int now;
        do {
            now = outstanding;
            if (now >= maxOutstanding) {
                return false;
            }
        } while (!OUTSTANDING.compareAndSet(this, now, now + 1));
        return true;
    }

    /** Gives up room that was reserved for a call. */
    public void release() {
        ended();
    }

    /**
     * Sends the call, for which room was {@linkplain #reserve() reserved}. It fails, with {@link Outcome#DID_NOT_RUN}, if the connection is
     * closed by the time it would be written.
     */
    public void send(PendingCall pending) {
        pending.attach(this);
        if (pending.requestBytes() > MessageCodec.SMALL_BYTES) {
            try {
                pending.largeBody(encode(pending));
            } catch (RuntimeException | Error e) {
                ended(pending);
                pending.failForGood(notEncoded(pending, e));
                return;
            }
        }
        handler.outbox().add(pending);
    }

    private ByteBuf encode(PendingCall pending) {
        int size = pending.requestBytes();
        ByteBuf body = channel.alloc().ioBuffer(size);
        try {
            MessageCodec.write(pending.call().request(), size, body);
            return body;
        } catch (RuntimeException | Error e) {
            body.release();
            throw e;
        }
    }

    private static RpcException notEncoded(PendingCall pending, Throwable cause) {
        return pending.failure(RpcException.of(RpcStatus.INTERNAL, "the request could not be encoded: " + cause)
                .outcome(Outcome.DID_NOT_RUN)
                .cause(cause));
    }

    /** Closes once the calls under way have ended; no new ones are sent. */
    public void closeWhenIdle() {
        if (!channel.eventLoop().isShuttingDown()) {
            channel.eventLoop().execute(handler::closeWhenIdle);
        }
    }

    /** Closes at once; calls under way fail. */
    public void close() {
        channel.close();
    }

    /** Asks the handler, which belongs to the event loop. Any thread. */
    <T> CompletableFuture<T> ask(Function<ClientHandler, T> question) {
        return CompletableFuture.supplyAsync(() -> question.apply(handler), channel.eventLoop());
    }

    /** Whether the call may be written now; takes it into the table. Event loop only. */
    PendingCall.Admission admit(PendingCall pending, long now) {
        return handler.admit(pending, now);
    }

    /** Whether this connection has the call under this id. Event loop only. */
    boolean isInFlight(long id, PendingCall call) {
        return handler.isInFlight(id, call);
    }

    /** Event loop only. */
    void fill(Header header, PendingCall pending) {
        handler.fill(header, pending);
    }

    /** The call has ended for its caller, whatever the server still does. Any thread. */
    void forget(PendingCall pending) {
        if (channel.isActive() && !channel.eventLoop().isShuttingDown()) {
            channel.eventLoop().execute(() -> handler.cancel(pending));
        }
    }

    /** The call could not be written. Event loop only. */
    void dropped(PendingCall pending, Throwable cause) {
        if (!handler.forget(pending)) {
            ended(pending);
        }
        if (channel.isActive()) {
            pending.failForGood(
                    pending.failure(RpcException.of(RpcStatus.INTERNAL, "the request could not be encoded: " + cause)
                            .outcome(Outcome.DID_NOT_RUN)
                            .cause(cause)));
        } else {
            pending.fail(pending.failure(
                    RpcStatus.UNAVAILABLE,
                    Reason.CONNECTION_LOST,
                    Outcome.DID_NOT_RUN,
                    "the connection was closed before the request was sent"));
        }
    }

    /** The attempt takes no more room. */
    void ended(PendingCall pending) {
        ended(pending.takeRoom());
    }

    /** As {@link #ended(PendingCall)}, where the room was taken from the call before. */
    void ended(CallObserver room) {
        ended();
        room.left();
    }

    private void ended() {
        if (OUTSTANDING.decrementAndGet(this) == maxOutstanding - 1) {
            onRoom.run();
        }
    }

    /** The server has said how many calls it accepts. */
    void maxOutstanding(int value) {
        maxOutstanding = value;
    }

    void draining(boolean value) {
        draining = value;
        changed();
    }

    void suspect(boolean value) {
        suspect = value;
        changed();
    }

    void peerIncarnation(long value) {
        peerIncarnation = value;
    }

    void changed() {
        onChange.run();
    }

    @Override
    public String toString() {
        return "ClientConnection(" + endpoint + ", " + outstanding + " calls" + (draining ? ", draining" : "")
                + (suspect ? ", suspect" : "") + ')';
    }
}
