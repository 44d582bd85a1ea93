package io.rpcboot.transport;

import java.time.Duration;

/**
 * What callers may claim of a server's memory. A request counts from its first byte until it is answered, with its body and a fixed sum for
 * what stands around it, so that the number of calls is bounded too. Immutable.
 *
 * @param maxUnansweredBytesPerConnection bytes of requests that one connection may have unanswered; never less than one message
 * @param maxUnansweredBytes bytes of requests that all connections together may have unanswered; never less than one message
 * @param unwritableTimeout how long a caller may leave replies unread before its connection is closed; nothing is read from it meanwhile
 */
public record ServerLimits(long maxUnansweredBytesPerConnection, long maxUnansweredBytes, Duration unwritableTimeout) {

    private static final int SHARE_OF_HEAP = 16;

    public ServerLimits {
        if (maxUnansweredBytesPerConnection < 1) {
            throw new IllegalArgumentException(
                    "maxUnansweredBytesPerConnection: " + maxUnansweredBytesPerConnection + " (expected: 1 or more)");
        }
        if (maxUnansweredBytes < 1) {
            throw new IllegalArgumentException("maxUnansweredBytes: " + maxUnansweredBytes + " (expected: 1 or more)");
        }
        if (unwritableTimeout.isZero() || unwritableTimeout.isNegative()) {
            throw new IllegalArgumentException(
                    "unwritableTimeout: " + unwritableTimeout + " (expected: more than zero)");
        }
    }

    /** 16 MiB for a connection, a sixteenth of the heap for all, 10 s. */
    public static ServerLimits defaults() {
        return new ServerLimits(16 << 20, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP, Duration.ofSeconds(10));
    }
}
