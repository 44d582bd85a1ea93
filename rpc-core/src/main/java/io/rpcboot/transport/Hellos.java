package io.rpcboot.transport;

import io.rpcboot.wire.Frame;
import io.rpcboot.wire.schema.Hello;
import io.rpcboot.wire.schema.Limits;

/** Writes what a side says of itself when a connection opens. */
final class Hellos {

    private static final int PROTOCOL_VERSION = 1;

    private Hellos() {}

    static Frame frame(Identity identity, TransportOptions options) {
        Hello.Builder hello = Hello.newBuilder()
                .setProtocolVersion(PROTOCOL_VERSION)
                .setApplication(identity.application())
                .setIncarnation(identity.incarnation())
                .setLimits(Limits.newBuilder()
                        .setMaxMessageBytes(options.limits().maxMessageBytes())
                        .setMaxHeaderBytes(options.limits().maxHeaderBytes())
                        .setMaxMetadataBytes(options.limits().maxMetadataBytes())
                        .setMaxCalls(options.maxCalls()));
        if (options.checksum()) {
            hello.addFeatures("checksum");
        }
        return new Frame.Hello(hello.build());
    }
}
