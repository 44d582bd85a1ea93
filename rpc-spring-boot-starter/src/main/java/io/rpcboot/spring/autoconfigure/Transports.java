package io.rpcboot.spring.autoconfigure;

import io.rpcboot.transport.KeepaliveOptions;
import io.rpcboot.transport.Transport;
import io.rpcboot.transport.TransportOptions;
import io.rpcboot.wire.FrameLimits;
import org.springframework.util.unit.DataSize;

/** Makes transports from properties. */
final class Transports {

    private Transports() {}

    static Transport of(RpcProperties.Server server) {
        return Transport.tcp(TransportOptions.DEFAULT
                .withEventLoops(server.eventLoops())
                .withMaxCalls(server.maxCallsPerConnection())
                .withChecksum(server.checksum())
                .withLimits(limits(server.maxHeaderSize(), server.maxMessageSize(), server.maxMetadataSize())));
    }

    static Transport of(RpcProperties.Client client) {
        return Transport.tcp(TransportOptions.DEFAULT
                .withEventLoops(client.eventLoops())
                .withConnectTimeout(client.connectTimeout())
                .withKeepalive(keepalive(client.keepalive()))
                .withChecksum(client.checksum())
                .withLimits(limits(client.maxHeaderSize(), client.maxMessageSize(), client.maxMetadataSize())));
    }

    static KeepaliveOptions keepalive(RpcProperties.Keepalive keepalive) {
        return new KeepaliveOptions(
                keepalive.pingAfter(), keepalive.suspectAfter(), keepalive.closeAfter(), keepalive.idlePingAfter());
    }

    private static FrameLimits limits(DataSize header, DataSize message, DataSize metadata) {
        return new FrameLimits((int) header.toBytes(), (int) message.toBytes(), (int) metadata.toBytes());
    }
}
