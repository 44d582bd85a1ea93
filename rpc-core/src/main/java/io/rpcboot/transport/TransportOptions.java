package io.rpcboot.transport;

import io.rpcboot.wire.FrameLimits;
import java.time.Duration;

/**
 * How a transport behaves. Immutable.
 *
 * @param type which interface of the operating system serves TCP
 * @param eventLoops number of I/O threads; 0 for one per core
 * @param connectTimeout time a connection may take to open
 * @param limits what this side accepts in one frame and one message
 * @param maxCalls calls in flight that this side accepts on one connection
 * @param keepalive how clients judge from silence whether a server lives
 * @param checksum whether frames carry a CRC32C; a frame that comes with one is always checked
 */
public record TransportOptions(
        TransportType type,
        int eventLoops,
        Duration connectTimeout,
        FrameLimits limits,
        int maxCalls,
        KeepaliveOptions keepalive,
        boolean checksum) {

    public static final TransportOptions DEFAULT = new TransportOptions(
            TransportType.AUTO, 0, Duration.ofSeconds(1), FrameLimits.DEFAULT, 256, KeepaliveOptions.DEFAULT, false);

    public TransportOptions {
        if (eventLoops < 0) {
            throw new IllegalArgumentException("eventLoops: " + eventLoops + " (expected: 0 or more)");
        }
        if (maxCalls < 1) {
            throw new IllegalArgumentException("maxCalls: " + maxCalls + " (expected: 1 or more)");
        }
        if (connectTimeout.isZero() || connectTimeout.isNegative()) {
            throw new IllegalArgumentException("connectTimeout: " + connectTimeout + " (expected: more than zero)");
        }
    }

    public TransportOptions withType(TransportType value) {
        return new TransportOptions(value, eventLoops, connectTimeout, limits, maxCalls, keepalive, checksum);
    }

    public TransportOptions withEventLoops(int value) {
        return new TransportOptions(type, value, connectTimeout, limits, maxCalls, keepalive, checksum);
    }

    public TransportOptions withConnectTimeout(Duration value) {
        return new TransportOptions(type, eventLoops, value, limits, maxCalls, keepalive, checksum);
    }

    public TransportOptions withLimits(FrameLimits value) {
        return new TransportOptions(type, eventLoops, connectTimeout, value, maxCalls, keepalive, checksum);
    }

    public TransportOptions withMaxCalls(int value) {
        return new TransportOptions(type, eventLoops, connectTimeout, limits, value, keepalive, checksum);
    }

    public TransportOptions withChecksum(boolean value) {
        return new TransportOptions(type, eventLoops, connectTimeout, limits, maxCalls, keepalive, value);
    }

    public TransportOptions withKeepalive(KeepaliveOptions value) {
        return new TransportOptions(type, eventLoops, connectTimeout, limits, maxCalls, value, checksum);
    }
}
