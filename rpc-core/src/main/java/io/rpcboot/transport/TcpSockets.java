package io.rpcboot.transport;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.function.Supplier;

/** TCP, by one of the interfaces of the operating system. */
enum TcpSockets implements Sockets {
    EPOLL(EpollIoHandler::newFactory, EpollSocketChannel::new, EpollServerSocketChannel::new),
    NIO(NioIoHandler::newFactory, NioSocketChannel::new, NioServerSocketChannel::new);

    private final Supplier<IoHandlerFactory> ioHandlers;
    private final Supplier<? extends Channel> client;
    private final Supplier<? extends ServerChannel> server;

    TcpSockets(
            Supplier<IoHandlerFactory> ioHandlers,
            Supplier<? extends Channel> client,
            Supplier<? extends ServerChannel> server) {
        this.ioHandlers = ioHandlers;
        this.client = client;
        this.server = server;
    }

    /**
     * Those of the type.
     *
     * @throws IllegalStateException if the type does not work here
     */
    static TcpSockets of(TransportType type) {
        if (!type.isAvailable()) {
            throw new IllegalStateException(
                    type + " does not work here (expected: AUTO or NIO)", Epoll.unavailabilityCause());
        }
        return type != TransportType.NIO && Epoll.isAvailable() ? EPOLL : NIO;
    }

    @Override
    public IoHandlerFactory ioHandlers() {
        return ioHandlers.get();
    }

    @Override
    public Channel clientChannel() {
        return client.get();
    }

    @Override
    public ServerChannel serverChannel() {
        return server.get();
    }

    @Override
    public SocketAddress bindAddress(InetSocketAddress address) {
        return address;
    }

    @Override
    public SocketAddress connectAddress(InetSocketAddress address) {
        return address;
    }

    @Override
    public int port(SocketAddress bound) {
        return ((InetSocketAddress) bound).getPort();
    }

    @Override
    public boolean isTcp() {
        return true;
    }
}
