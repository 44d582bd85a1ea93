package io.rpcboot.benchmarks.contender.raw;

import io.rpcboot.benchmarks.contender.Client;
import io.rpcboot.benchmarks.contender.Contender;
import java.util.function.Supplier;

/** The least that calls over one connection cost: no deadline, no metadata, no failure, one method for each operation. */
public final class RawContender implements Contender {

    private final Supplier<RawBodies> bodies;

    private RawContender(Supplier<RawBodies> bodies) {
        this.bodies = bodies;
    }

    /** Bytes that nobody looks into. */
    public static RawContender bytesOnly() {
        return new RawContender(RawBodies.Bytes::new);
    }

    /** Messages built and parsed on both sides: the limit of any RPC with protobuf. */
    public static RawContender withProtobuf() {
        return new RawContender(ProtobufBodies::new);
    }

    @Override
    public AutoCloseable serve(int port) {
        return new RawServer(port, bodies);
    }

    @Override
    public Client connect(int port) {
        return new RawClient(port, bodies.get());
    }
}
