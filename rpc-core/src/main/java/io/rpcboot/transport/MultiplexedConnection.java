package io.rpcboot.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.rpcboot.Endpoint;
import io.rpcboot.Outcome;
import io.rpcboot.Reason;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.wire.Header;
import io.rpcboot.wire.MessageCodec;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** An open connection to an endpoint; carries any number of calls at once, with replies in any order. Safe for use by many threads. */
final class MultiplexedConnection extends ClientConnection {

    private final Channel channel;
    private final ClientHandler handler;
    private volatile boolean draining;
    private volatile boolean suspect;
    private volatile long peerIncarnation;

    MultiplexedConnection(Endpoint endpoint, Channel channel, ClientHandler handler) {
        super(endpoint, PeerLimits.INITIAL.maxCalls());
        this.channel = channel;
        this.handler = handler;
    }

    @Override
    public boolean isUsable() {
        return !draining && channel.isActive();
    }

    @Override
    public boolean isSuspect() {
        return suspect;
    }

    @Override
    public boolean isOpen() {
        return channel.isActive();
    }

    @Override
    public boolean isDraining() {
        return draining;
    }

    @Override
    public long peerIncarnation() {
        return peerIncarnation;
    }

    @Override
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

    @Override
    public void closeWhenIdle() {
        if (!channel.eventLoop().isShuttingDown()) {
            channel.eventLoop().execute(handler::closeWhenIdle);
        }
    }

    @Override
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

    @Override
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

    @Override
    public String toString() {
        return "ClientConnection(" + endpoint() + ", " + outstanding() + " calls" + (draining ? ", draining" : "")
                + (suspect ? ", suspect" : "") + ')';
    }
}
