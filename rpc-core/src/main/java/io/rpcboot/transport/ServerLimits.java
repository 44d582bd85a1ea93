package io.rpcboot.transport;

/**
 * What callers may claim of a server. A request counts from its first byte until it is answered, with its body and a fixed sum for what stands
 * around it, so that the number of calls is bounded too. Immutable.
 *
 * @param maxUnansweredBytesPerConnection bytes of requests that one connection may have unanswered; never less than one message
 * @param maxUnansweredBytes bytes of requests that all connections together may have unanswered; never less than one message
 * @param connections how many connections may be open
 * @param timeouts how long a caller may take
 * @param abuse how often a caller may do what costs more than it brings
 */
public record ServerLimits(
        long maxUnansweredBytesPerConnection,
        long maxUnansweredBytes,
        ConnectionLimits connections,
        ServerTimeouts timeouts,
        AbuseLimits abuse) {

    private static final int SHARE_OF_HEAP = 16;

    public ServerLimits {
        if (maxUnansweredBytesPerConnection < 1) {
            throw new IllegalArgumentException(
                    "maxUnansweredBytesPerConnection: " + maxUnansweredBytesPerConnection + " (expected: 1 or more)");
        }
        if (maxUnansweredBytes < 1) {
            throw new IllegalArgumentException("maxUnansweredBytes: " + maxUnansweredBytes + " (expected: 1 or more)");
        }
    }

    /** 16 MiB for a connection, a sixteenth of the heap for all, and the defaults of the rest. */
    public static ServerLimits defaults() {
        return new ServerLimits(
                16 << 20,
                Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP,
                ConnectionLimits.DEFAULT,
                ServerTimeouts.DEFAULT,
                AbuseLimits.DEFAULT);
    }

    public ServerLimits withUnansweredBytes(long perConnection, long all) {
        return new ServerLimits(perConnection, all, connections, timeouts, abuse);
    }

    public ServerLimits withConnections(ConnectionLimits value) {
        return new ServerLimits(maxUnansweredBytesPerConnection, maxUnansweredBytes, value, timeouts, abuse);
    }

    public ServerLimits withTimeouts(ServerTimeouts value) {
        return new ServerLimits(maxUnansweredBytesPerConnection, maxUnansweredBytes, connections, value, abuse);
    }

    public ServerLimits withAbuse(AbuseLimits value) {
        return new ServerLimits(maxUnansweredBytesPerConnection, maxUnansweredBytes, connections, timeouts, value);
    }
}
