package io.rpcboot.spring.autoconfigure;

import io.rpcboot.transport.KeepaliveOptions;
import io.rpcboot.transport.Transport;
import io.rpcboot.transport.TransportOptions;
import io.rpcboot.transport.TransportType;
import io.rpcboot.wire.FrameLimits;
import org.springframework.util.unit.DataSize;

/** Makes transports from properties. */
final class Transports {

    private Transports() {}

    static Transport of(TransportType type, RpcProperties.Server server) {
        return Transport.tcp(options(type)
                .withEventLoops(server.eventLoops())
                .withMaxCalls(server.maxCallsPerConnection())
                .withChecksum(server.checksum())
                .withLimits(limits(server.maxHeaderSize(), server.maxMessageSize(), server.maxMetadataSize())));
    }

    static Transport of(TransportType type, RpcProperties.Client client) {
        return Transport.tcp(options(type)
                .withEventLoops(client.eventLoops())
                .withConnectTimeout(client.connectTimeout())
                .withKeepalive(keepalive(client.keepalive()))
                .withChecksum(client.checksum())
                .withLimits(limits(client.maxHeaderSize(), client.maxMessageSize(), client.maxMetadataSize())));
    }

    private static TransportOptions options(TransportType type) {
        if (!type.isAvailable()) {
            throw new InvalidPropertyException(
                    "rpc.transport", "epoll", "auto or nio, since Netty's native code for epoll does not work here");
        }
        return TransportOptions.DEFAULT.withType(type);
    }

    static KeepaliveOptions keepalive(RpcProperties.Keepalive keepalive) {
        return new KeepaliveOptions(
                keepalive.pingAfter(), keepalive.suspectAfter(), keepalive.closeAfter(), keepalive.idlePingAfter());
    }

    private static FrameLimits limits(DataSize header, DataSize message, DataSize metadata) {
        return new FrameLimits((int) header.toBytes(), (int) message.toBytes(), (int) metadata.toBytes());
    }
}
