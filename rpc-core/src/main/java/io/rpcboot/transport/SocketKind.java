package io.rpcboot.transport;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** What a connection is made of: TCP, or memory of this process. */
enum SocketKind {
    TCP(NioIoHandler.newFactory(), NioSocketChannel::new, NioServerSocketChannel::new) {
        @Override
        SocketAddress bindAddress(InetSocketAddress address) {
            return address;
        }

        @Override
        SocketAddress connectAddress(InetSocketAddress address) {
            return address;
        }

        @Override
        int port(SocketAddress bound) {
            return ((InetSocketAddress) bound).getPort();
        }
    },
    /** The port alone tells addresses apart; hosts are not looked at. */
    IN_PROCESS(LocalIoHandler.newFactory(), LocalChannel::new, LocalServerChannel::new) {
        @Override
        SocketAddress bindAddress(InetSocketAddress address) {
            int port = address.getPort() == 0 ? nextFreePort.getAndIncrement() : address.getPort();
            return new LocalAddress(PREFIX + port);
        }

        @Override
        SocketAddress connectAddress(InetSocketAddress address) {
            return new LocalAddress(PREFIX + address.getPort());
        }

        @Override
        int port(SocketAddress bound) {
            return Integer.parseInt(((LocalAddress) bound).id().substring(PREFIX.length()));
        }
    };

    private static final String PREFIX = "rpc-in-process-";
    private static final AtomicInteger nextFreePort = new AtomicInteger(1);

    private final IoHandlerFactory ioHandlers;
    private final Supplier<? extends Channel> client;
    private final Supplier<? extends ServerChannel> server;

    SocketKind(
            IoHandlerFactory ioHandlers, Supplier<? extends Channel> client, Supplier<? extends ServerChannel> server) {
        this.ioHandlers = ioHandlers;
        this.client = client;
        this.server = server;
    }

    IoHandlerFactory ioHandlers() {
        return ioHandlers;
    }

    Channel clientChannel() {
        return client.get();
    }

    ServerChannel serverChannel() {
        return server.get();
    }

    abstract SocketAddress bindAddress(InetSocketAddress address);

    abstract SocketAddress connectAddress(InetSocketAddress address);

    abstract int port(SocketAddress bound);
}
