package io.rpcboot.transport;

import io.rpcboot.wire.Frame;
import io.rpcboot.wire.schema.Hello;
import io.rpcboot.wire.schema.Keepalive;
import io.rpcboot.wire.schema.Limits;
import java.time.Duration;

/** Writes what a side says of itself when a connection opens. */
final class Hellos {

    private static final int PROTOCOL_VERSION = 1;

    private Hellos() {}

    /** The client's: it asks for signs of life. */
    static Frame frame(Identity identity, TransportOptions options) {
        KeepaliveOptions keepalive = options.keepalive();
        return hello(
                identity,
                options,
                Keepalive.newBuilder()
                        .setIdleMs(millis(keepalive.idlePingAfter()))
                        .setTimeoutMs(millis(keepalive.closeAfter())));
    }

    /** The server's: it only says how long the client may be silent. */
    static Frame ofServer(Identity identity, TransportOptions options, Duration silence) {
        return hello(identity, options, Keepalive.newBuilder().setSilenceMs(millis(silence)));
    }

    private static int millis(Duration time) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, time.toMillis()));
    }

    private static Frame hello(Identity identity, TransportOptions options, Keepalive.Builder keepalive) {
        Hello.Builder hello = Hello.newBuilder()
                .setProtocolVersion(PROTOCOL_VERSION)
                .setApplication(identity.application())
                .setIncarnation(identity.incarnation())
                .setLimits(Limits.newBuilder()
                        .setMaxMessageBytes(options.limits().maxMessageBytes())
                        .setMaxHeaderBytes(options.limits().maxHeaderBytes())
                        .setMaxMetadataBytes(options.limits().maxMetadataBytes())
                        .setMaxCalls(options.maxCalls()))
                .setKeepalive(keepalive);
        if (options.checksum()) {
            hello.addFeatures("checksum");
        }
        return new Frame.Hello(hello.build());
    }
}
