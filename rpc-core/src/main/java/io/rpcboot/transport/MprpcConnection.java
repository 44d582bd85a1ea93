package io.rpcboot.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.rpcboot.Endpoint;
import io.rpcboot.Outcome;
import io.rpcboot.Reason;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.wire.EncodedName;
import io.rpcboot.wire.FrameEncoder;
import io.rpcboot.wire.Header;
import io.rpcboot.wire.MprpcHeaderSize;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;

/**
 * The way to a provider that speaks mprpc. Nothing is kept open: each call has a connection of its own, so this is always open, and whether
 * the provider lives shows when it is called. Safe for use by many threads.
 */
final class MprpcConnection extends ClientConnection {

    private static final Duration SUSPECT = Duration.ofSeconds(1);

    /** Providers do not greet; no process has this number. */
    private static final long NO_GREETING = -1;

    private final MprpcService service;
    private final Transport transport;
    private final Map<PendingCall, MprpcExchange> exchanges = new ConcurrentHashMap<>();
    private volatile boolean suspect;
    private volatile boolean closed;

    MprpcConnection(Endpoint endpoint, MprpcService service, Transport transport) {
        super(endpoint, transport.options().maxCalls());
        this.service = service;
        this.transport = transport;
    }

    @Override
    public boolean isUsable() {
        return !closed;
    }

    @Override
    public boolean isSuspect() {
        return suspect;
    }

    /** No connection could be opened: for a while calls had better go elsewhere. Any thread. */
    void unreachable() {
        if (suspect) {
            return;
        }
        suspect = true;
        changed();
        try {
            transport.schedule(this::reachable, SUSPECT);
        } catch (RejectedExecutionException e) {
            close();
        }
    }

    /** A connection was opened, or may be worth an attempt again. Any thread. */
    void reachable() {
        if (suspect) {
            suspect = false;
            changed();
        }
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public boolean isDraining() {
        return false;
    }

    @Override
    public long peerIncarnation() {
        return NO_GREETING;
    }

    @Override
    public void send(PendingCall pending) {
        pending.attach(this);
        byte[] request;
        try {
            request = encode(pending);
        } catch (RuntimeException | Error e) {
            ended(pending);
            pending.failForGood(
                    pending.failure(RpcException.of(RpcStatus.INTERNAL, "the request could not be encoded: " + e)
                            .outcome(Outcome.DID_NOT_RUN)
                            .cause(e)));
            return;
        }
        if (request.length > service.maxRequestBytes()) {
            ended(pending);
            pending.failForGood(tooLarge(pending, request.length));
            return;
        }
        MprpcExchange exchange = new MprpcExchange(this, pending, request, service, transport.options());
        exchanges.put(pending, exchange);
        try {
            exchange.begin(transport);
        } catch (RejectedExecutionException e) {
            exchange.notConnected(new IOException("the transport is closed", e));
        }
        if (closed) {
            exchange.lost();
        }
    }

    private byte[] encode(PendingCall pending) {
        ByteBuf frame = Unpooled.buffer();
        Header header = new Header()
                .names(EncodedName.of(service.name(), pending.call().method().name()));
        new FrameEncoder(false).write(frame, header, pending.call().request());
        int headerBytes = frame.readIntLE();
        ByteBuf request = Unpooled.buffer(MprpcHeaderSize.MAX_BYTES + frame.readableBytes());
        service.headerSize().write(request, headerBytes);
        return ByteBufUtil.getBytes(request.writeBytes(frame));
    }

    private RpcException tooLarge(PendingCall pending, int bytes) {
        return pending.failure(
                RpcStatus.RESOURCE_EXHAUSTED,
                Reason.MESSAGE_TOO_LARGE,
                Outcome.DID_NOT_RUN,
                "the request has " + bytes
                        + " bytes with its header, and a provider that speaks mprpc may read it in parts, of which"
                        + " it takes the first for the whole (expected: at most " + service.maxRequestBytes()
                        + ", rpc.client.services." + pending.call().method().service() + ".mprpc.max-request-size)");
    }

    @Override
    void forget(PendingCall pending) {
        MprpcExchange exchange = exchanges.get(pending);
        if (exchange != null) {
            exchange.giveUp();
        }
    }

    /** The exchange of this call is over. */
    void over(PendingCall pending, MprpcExchange exchange) {
        exchanges.remove(pending, exchange);
        ended(pending);
    }

    @Override
    public void closeWhenIdle() {
        // Every connection ends with its call.
    }

    @Override
    public void close() {
        closed = true;
        exchanges.values().forEach(MprpcExchange::lost);
    }

    @Override
    public String toString() {
        return "MprpcConnection(" + endpoint() + ", " + outstanding() + " calls)";
    }
}
