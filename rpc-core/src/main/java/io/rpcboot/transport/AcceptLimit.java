package io.rpcboot.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets in as many connections as may be open, in all and from one address, and closes the others before anything is read from them. For
 * sockets only: connections within the process come from no stranger. Stands before Netty's acceptor, on the event loop of the port;
 * connections end on event loops of their own.
 */
final class AcceptLimit extends ChannelInboundHandlerAdapter {

    private static final Logger log = LoggerFactory.getLogger(AcceptLimit.class);

    private final ConnectionLimits limits;
    private final RareWarnings warnings = new RareWarnings(log);
    private final AtomicInteger open = new AtomicInteger();
    private final Map<InetAddress, Integer> openByAddress = new ConcurrentHashMap<>();

    AcceptLimit(ConnectionLimits limits) {
        this.limits = limits;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Channel connection = (Channel) message;
        InetAddress from = connection.remoteAddress() instanceof InetSocketAddress inet ? inet.getAddress() : null;
        String excess = excess(from);
        if (excess == null) {
            count(from, 1);
            connection.closeFuture().addListener(closed -> count(from, -1));
            context.fireChannelRead(connection);
        } else {
            warnings.closing(Addresses.text(connection.remoteAddress()), excess);
            reset(connection);
        }
    }

    private @Nullable String excess(@Nullable InetAddress from) {
        if (open.get() >= limits.all()) {
            return limits.all() + " connections are open (rpc.server.max-connections)";
        }
        if (from != null && openByAddress.getOrDefault(from, 0) >= limits.perAddress()) {
            return limits.perAddress()
                    + " connections from this address are open (rpc.server.max-connections-per-address)";
        }
        return null;
    }

    private void count(@Nullable InetAddress from, int one) {
        open.addAndGet(one);
        if (from != null) {
            openByAddress.merge(from, one, (before, change) -> before + change == 0 ? null : before + change);
        }
    }

    private static void reset(Channel connection) {
        try {
            // Nothing of it is to stay behind on this side.
            connection.config().setOption(ChannelOption.SO_LINGER, 0);
        } catch (ChannelException e) {
            log.debug("{}: the connection was gone before it could be reset", connection, e);
        }
        connection.unsafe().closeForcibly();
    }
}
