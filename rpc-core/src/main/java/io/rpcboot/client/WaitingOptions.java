package io.rpcboot.client;

/**
 * How many calls of one service wait at the caller while no connection can take one. Immutable.
 *
 * @param maxCalls calls that wait at once; one more fails
 * @param maxBytes what their requests may have together, in bytes; a single one may have more
 */
public record WaitingOptions(int maxCalls, long maxBytes) {

    /** 1,000 calls and 16 MiB. */
    public static final WaitingOptions DEFAULT = new WaitingOptions(1000, 16 << 20);

    public WaitingOptions {
        if (maxCalls < 0) {
            throw new IllegalArgumentException("maxCalls: " + maxCalls + " (expected: 0 or more)");
        }
        if (maxBytes < 0) {
            throw new IllegalArgumentException("maxBytes: " + maxBytes + " (expected: 0 or more)");
        }
    }
}
