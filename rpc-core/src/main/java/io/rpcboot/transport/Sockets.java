package io.rpcboot.transport;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** What connections are made of: TCP, or memory of this process. */
interface Sockets {

    IoHandlerFactory ioHandlers();

    Channel clientChannel();

    ServerChannel serverChannel();

    SocketAddress bindAddress(InetSocketAddress address);

    SocketAddress connectAddress(InetSocketAddress address);

    int port(SocketAddress bound);

    /** Whether the options of TCP apply. */
    boolean isTcp();
}
