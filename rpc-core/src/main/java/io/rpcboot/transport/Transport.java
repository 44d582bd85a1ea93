package io.rpcboot.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.rpcboot.Cancellation;
import io.rpcboot.Endpoint;
import io.rpcboot.wire.MprpcHeaderSize;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Event loops, and the connections they serve: opens them for clients, listens for servers. One transport may serve any number of both. Safe
 * for use by many threads.
 */
public final class Transport implements AutoCloseable {

    private static final WriteBufferWaterMark WATER_MARKS = new WriteBufferWaterMark(256 << 10, 1 << 20);
    private static final int ACCEPT_BACKLOG = 1024;

    private final TransportOptions options;
    private final Sockets sockets;
    private final EventLoopGroup loops;
    private final HostNames names = new HostNames();
    private final Cancellation closing = new Cancellation();

    private Transport(TransportOptions options, Sockets sockets) {
        this.options = options;
        this.sockets = sockets;
        int threads = options.eventLoops() > 0
                ? options.eventLoops()
                : Runtime.getRuntime().availableProcessors();
        this.loops =
                new MultiThreadIoEventLoopGroup(threads, new EventLoopThread.Factory("rpc-io"), sockets.ioHandlers());
    }

    /**
     * Connections over TCP.
     *
     * @throws IllegalStateException if the options ask for a type of transport that does not work here
     */
    public static Transport tcp(TransportOptions options) {
        return new Transport(options, TcpSockets.of(options.type()));
    }

    /** Connections within this process, for tests: the same frames and the same states, without a port of the machine. */
    public static Transport inProcess(TransportOptions options) {
        return new Transport(options, new InProcessSockets());
    }

    /** Whether the current thread is an event loop of some transport, which must not block. */
    public static boolean onEventLoop() {
        return Thread.currentThread() instanceof EventLoopThread;
    }

    public TransportOptions options() {
        return options;
    }

    /** Opens a connection. The future fails with {@link IOException}, or completes on the connection's event loop. */
    public CompletableFuture<ClientConnection> connect(Endpoint endpoint, Identity identity) {
        CompletableFuture<ClientConnection> opened = new CompletableFuture<>();
        ClientHandler handler = new ClientHandler(identity, options, opened);
        open(
                endpoint,
                channel -> {
                    handler.connection(new MultiplexedConnection(endpoint, channel, handler));
                    return handler;
                },
                opened::completeExceptionally);
        return opened;
    }

    /** The way to a provider of a service that speaks mprpc; nothing is opened before the first call. */
    public ClientConnection mprpc(Endpoint endpoint, MprpcService service) {
        return new MprpcConnection(endpoint, service, this);
    }

    /**
     * Opens a connection for a handler of the caller's.
     *
     * @param failed told if there is none
     */
    void open(Endpoint endpoint, Function<Channel, ChannelHandler> handler, Consumer<Throwable> failed) {
        Bootstrap bootstrap = new Bootstrap()
                .group(loops)
                .channelFactory(sockets::clientChannel)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        options.connectTimeout().toMillis())
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(handler.apply(channel));
                    }
                });
        tune(bootstrap);
        names.resolve(endpoint, options.connectTimeout()).whenComplete((address, unknown) -> {
            if (unknown != null) {
                failed.accept(unknown);
                return;
            }
            try {
                bootstrap.connect(sockets.connectAddress(address)).addListener(connected -> {
                    if (!connected.isSuccess()) {
                        failed.accept(connected.cause());
                    }
                });
            } catch (RuntimeException | Error e) {
                failed.accept(e);
            }
        });
    }

    private void tune(Bootstrap bootstrap) {
        bootstrap.option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARKS);
        if (sockets.isTcp()) {
            bootstrap.option(ChannelOption.TCP_NODELAY, true).option(ChannelOption.SO_KEEPALIVE, true);
        }
    }

    /**
     * Binds a port and serves the connections that come.
     *
     * @param address where to listen; port 0 takes a free one
     * @param serverLimits what callers may claim
     * @param mprpc how callers that speak mprpc are answered; null if they are not served
     * @throws IOException if the address cannot be bound
     */
    public Listener listen(
            InetSocketAddress address,
            Identity identity,
            MethodTable methods,
            RequestHandler requests,
            ServerLimits serverLimits,
            @Nullable MprpcOptions mprpc)
            throws IOException {
        ByteBudget bytes = new ByteBudget(Math.max(
                serverLimits.maxUnansweredBytes(), (long) options.limits().maxMessageBytes() + RequestBytes.PER_CALL));
        MprpcPort mprpcPort = mprpc == null ? null : new MprpcPort(mprpc);
        ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
        CompletableFuture<Listener> listener = new CompletableFuture<>();
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channelFactory(sockets::serverChannel)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARKS)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        ServerHandler handler =
                                new ServerHandler(options, identity, methods, requests, serverLimits, mprpcPort, bytes);
                        if (mprpc != null && mprpc.headerSize() != MprpcHeaderSize.LITTLE_ENDIAN) {
                            channel.pipeline()
                                    .addLast(new MprpcPrefix(
                                            mprpc.headerSize(), options.limits().maxHeaderBytes()));
                        }
                        channel.pipeline().addLast(handler);
                        listener.thenAccept(it -> it.opened(channel, handler));
                    }
                });
        if (sockets.isTcp()) {
            bootstrap
                    .handler(new AcceptLimit(serverLimits.connections()))
                    .option(ChannelOption.SO_BACKLOG, ACCEPT_BACKLOG)
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .childOption(ChannelOption.ALLOW_HALF_CLOSURE, mprpc != null)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childOption(ChannelOption.SO_KEEPALIVE, true);
        }
        ChannelFuture bound = bootstrap.bind(sockets.bindAddress(address)).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw bound.cause() instanceof IOException io ? io : new IOException(bound.cause());
        }
        Channel channel = bound.channel();
        Listener result = new Listener(channel, connections, sockets.port(channel.localAddress()), bytes, mprpcPort);
        listener.complete(result);
        return result;
    }

    /**
     * Runs the task on an event loop after the delay; it must not block.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the transport is closed
     */
    public ScheduledFuture<?> schedule(Runnable task, Duration delay) {
        return loops.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Has the task run when this transport closes, before its event loops end. */
    public void onClose(Runnable task) {
        closing.onCancel(task);
    }

    /** Closes all connections and ends the event loops; waits for the threads to end. */
    @Override
    public void close() {
        closing.cancel();
        names.close();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Override
    public String toString() {
        return "Transport(" + sockets + ", " + options + ')';
    }
}
