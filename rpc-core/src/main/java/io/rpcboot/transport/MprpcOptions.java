package io.rpcboot.transport;

import io.rpcboot.wire.MprpcHeaderSize;
import java.time.Duration;

/**
 * How a server answers callers that speak mprpc, the protocol of the C++ framework from which this one grew. Immutable.
 *
 * @param maxReplyBytes the largest reply: these callers read so much and take it for the whole
 * @param timeout time that a call may take, since these callers state none and wait for ever
 * @param headerSize how they write the size of the header; callers that write it as this protocol does are served as well
 */
public record MprpcOptions(int maxReplyBytes, Duration timeout, MprpcHeaderSize headerSize) {

    /** 1,024 bytes, 10 s, little-endian. */
    public static final MprpcOptions DEFAULT =
            new MprpcOptions(1024, Duration.ofSeconds(10), MprpcHeaderSize.LITTLE_ENDIAN);

    public MprpcOptions {
        if (maxReplyBytes < 1) {
            throw new IllegalArgumentException("maxReplyBytes: " + maxReplyBytes + " (expected: 1 or more)");
        }
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("timeout: " + timeout + " (expected: more than zero)");
        }
    }

    public MprpcOptions withMaxReplyBytes(int value) {
        return new MprpcOptions(value, timeout, headerSize);
    }

    public MprpcOptions withTimeout(Duration value) {
        return new MprpcOptions(maxReplyBytes, value, headerSize);
    }

    public MprpcOptions withHeaderSize(MprpcHeaderSize value) {
        return new MprpcOptions(maxReplyBytes, timeout, value);
    }
}
