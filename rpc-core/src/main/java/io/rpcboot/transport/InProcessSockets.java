package io.rpcboot.transport;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/** Memory of this process. The port alone tells addresses apart; hosts are not looked at. */
final class InProcessSockets implements Sockets {

    private static final String PREFIX = "rpc-in-process-";
    private static final AtomicInteger nextFreePort = new AtomicInteger(1);

    @Override
    public IoHandlerFactory ioHandlers() {
        return LocalIoHandler.newFactory();
    }

    @Override
    public Channel clientChannel() {
        return new LocalChannel();
    }

    @Override
    public ServerChannel serverChannel() {
        return new LocalServerChannel();
    }

    @Override
    public SocketAddress bindAddress(InetSocketAddress address) {
        int port = address.getPort() == 0 ? nextFreePort.getAndIncrement() : address.getPort();
        return new LocalAddress(PREFIX + port);
    }

    @Override
    public SocketAddress connectAddress(InetSocketAddress address) {
        return new LocalAddress(PREFIX + address.getPort());
    }

    @Override
    public int port(SocketAddress bound) {
        return Integer.parseInt(((LocalAddress) bound).id().substring(PREFIX.length()));
    }

    @Override
    public boolean isTcp() {
        return false;
    }

    @Override
    public String toString() {
        return "in process";
    }
}
