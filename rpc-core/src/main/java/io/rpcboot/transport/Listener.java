package io.rpcboot.transport;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A bound port and the connections that came through it. Safe for use by many threads. */
public final class Listener {

    private final Channel channel;
    private final ChannelGroup connections;
    private final int port;
    private final ByteBudget requestBytes;
    private final @Nullable MprpcPort mprpc;
    private volatile boolean draining;
    private volatile boolean refusing;

    /** @param mprpc null if callers that speak mprpc are not served */
    Listener(Channel channel, ChannelGroup connections, int port, ByteBudget requestBytes, @Nullable MprpcPort mprpc) {
        this.channel = channel;
        this.connections = connections;
        this.port = port;
        this.requestBytes = requestBytes;
        this.mprpc = mprpc;
    }

    /** The port that was bound, also where 0 was asked for. */
    public int port() {
        return port;
    }

    /** Open connections. */
    public int connections() {
        return connections.size();
    }

    /** Bytes of the requests that are admitted but unanswered. */
    public long unansweredBytes() {
        return requestBytes.taken();
    }

    /** Asks every caller, present and to come, for no new calls; what still arrives is served. */
    public void drain() {
        draining = true;
        onEach(ServerHandler::drain);
    }

    /** Takes the drain back. */
    public void ready() {
        draining = false;
        onEach(ServerHandler::ready);
    }

    /** Refuses new calls and tells callers which one was the last. New connections are refused. */
    public void refuseNewCalls() {
        refusing = true;
        channel.close();
        onEach(ServerHandler::refuseNewCalls);
    }

    /** Whether no call is under way on any connection. */
    public CompletableFuture<Boolean> isIdle() {
        return onAll(ServerHandler::isIdle);
    }

    /** Whether callers are served that speak mprpc, who may come without a connection that tells of them. */
    public boolean servesMprpc() {
        return mprpc != null;
    }

    /** Whether no request has come on any connection since this reading of {@link System#nanoTime()}. */
    public CompletableFuture<Boolean> isQuietSince(long nanoTime) {
        if (mprpc != null && !mprpc.isQuietSince(nanoTime)) {
            return CompletableFuture.completedFuture(false);
        }
        return onAll(handler -> handler.lastRequestAt() == 0 || handler.lastRequestAt() - nanoTime < 0);
    }

    /** Closes the port and all connections, and waits until they are closed. */
    public void close() {
        channel.close().awaitUninterruptibly();
        connections.close().awaitUninterruptibly();
    }

    /** A connection was opened. */
    void opened(Channel connection, ServerHandler handler) {
        connections.add(connection);
        if (draining) {
            connection.eventLoop().execute(handler::drain);
        }
        if (refusing) {
            connection.eventLoop().execute(handler::refuseNewCalls);
        }
    }

    private void onEach(Consumer<ServerHandler> action) {
        for (Channel connection : connections) {
            ServerHandler handler = connection.pipeline().get(ServerHandler.class);
            if (handler != null) {
                connection.eventLoop().execute(() -> action.accept(handler));
            }
        }
    }

    private CompletableFuture<Boolean> onAll(Predicate<ServerHandler> condition) {
        List<CompletableFuture<Boolean>> answers = new ArrayList<>();
        for (Channel connection : connections) {
            ServerHandler handler = connection.pipeline().get(ServerHandler.class);
            if (handler != null) {
                answers.add(CompletableFuture.supplyAsync(() -> condition.test(handler), connection.eventLoop()));
            }
        }
        CompletableFuture<Boolean> all = CompletableFuture.completedFuture(true);
        for (CompletableFuture<Boolean> answer : answers) {
            all = all.thenCombine(answer, Boolean::logicalAnd);
        }
        return all;
    }
}
