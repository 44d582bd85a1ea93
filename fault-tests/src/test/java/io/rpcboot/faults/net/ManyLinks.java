package io.rpcboot.faults.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between callers and one port of loopback, for thousands of connections, which can all be cut at once. They reach the server from several
 * addresses, as those of several machines would. Safe for use by many threads.
 */
public final class ManyLinks implements AutoCloseable {

    private static final int BACKLOG = 4_096;
    private static final int SOURCES = 8;

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Set<Channel> standing = ConcurrentHashMap.newKeySet();
    private final AtomicInteger sources = new AtomicInteger();
    private final int target;
    private final Channel listening;

    private ManyLinks(int target) {
        this.target = target;
        this.listening = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel client) {
                        connect(client);
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
    }

    /** Listens on a free port and passes on to the target. */
    public static ManyLinks start(int target) {
        return new ManyLinks(target);
    }

    public int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    /** How many connections stand, on both sides. */
    public int standing() {
        return standing.size();
    }

    /** Resets all connections, on both sides. */
    public void cutAll() {
        loop.submit(() -> {
                    standing.forEach(ManyLinks::reset);
                    standing.clear();
                })
                .syncUninterruptibly();
    }

    private static void reset(Channel channel) {
        if (channel.isOpen()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            channel.close();
        }
    }

    private void connect(Channel client) {
        String source = "127.0.0." + (2 + sources.getAndIncrement() % SOURCES);
        new Bootstrap()
                .group(client.eventLoop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new Relay(client))
                .connect(new InetSocketAddress("127.0.0.1", target), new InetSocketAddress(source, 0))
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        reset(client);
                    }
                });
    }

    @Override
    public void close() {
        listening.close().syncUninterruptibly();
        cutAll();
        loop.shutdownGracefully().syncUninterruptibly();
    }

    /** One side of a connection: what it reads the other one writes, and both end together. */
    private final class Relay extends ChannelInboundHandlerAdapter {

        private final Channel other;

        Relay(Channel other) {
            this.other = other;
        }

        @Override
        public void channelActive(ChannelHandlerContext server) {
            other.pipeline().addLast(new Relay(server.channel()));
            other.config().setAutoRead(true);
            standing.add(server.channel());
        }

        @Override
        public void channelRead(ChannelHandlerContext from, Object bytes) {
            other.writeAndFlush(bytes);
        }

        @Override
        public void channelInactive(ChannelHandlerContext from) {
            standing.remove(from.channel());
            reset(other);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext from, Throwable failure) {
            reset(from.channel());
        }
    }
}
