package io.rpcboot.transport;

/**
 * How many connections a server keeps open; it closes further ones at once. Immutable.
 *
 * @param all connections in all
 * @param perAddress connections from one network address
 */
public record ConnectionLimits(int all, int perAddress) {

    public static final ConnectionLimits DEFAULT = new ConnectionLimits(10_000, 1_000);

    public ConnectionLimits {
        if (all < 1) {
            throw new IllegalArgumentException("all: " + all + " (expected: 1 or more)");
        }
        if (perAddress < 1) {
            throw new IllegalArgumentException("perAddress: " + perAddress + " (expected: 1 or more)");
        }
    }
}
