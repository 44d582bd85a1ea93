package io.rpcboot.wire;

import io.rpcboot.wire.schema.Limits;

/**
 * What a receiver accepts. Immutable.
 *
 * @param maxHeaderBytes the longest RpcHeader, 64 to 65535: a larger one could not be told from a foreign protocol
 * @param maxMessageBytes the longest message, be it in one frame or in pieces
 * @param maxMetadataBytes the most that all metadata entries of one header may take
 */
public record FrameLimits(int maxHeaderBytes, int maxMessageBytes, int maxMetadataBytes) {

    /** The limits of a connection until a HELLO names others. */
    public static final FrameLimits DEFAULT = new FrameLimits(16 * 1024, 4 * 1024 * 1024, 8 * 1024);

    /** The longest body that is skipped when it is over the limit, in bytes. One beyond ends the connection. */
    public static final int SKIP_LIMIT = 64 * 1024 * 1024;

    /** The longest body that is sent as one frame, in bytes; longer ones go in pieces of this length. */
    public static final int PIECE_BYTES = 32 * 1024;

    private static final int SHORTEST_HEADER_LIMIT = 64;
    private static final int LONGEST_HEADER_LIMIT = 0xffff;

    public FrameLimits {
        if (maxHeaderBytes < SHORTEST_HEADER_LIMIT || maxHeaderBytes > LONGEST_HEADER_LIMIT) {
            throw new IllegalArgumentException("maxHeaderBytes: " + maxHeaderBytes + " (expected: 64..65535)");
        }
        if (maxMessageBytes < 1) {
            throw new IllegalArgumentException("maxMessageBytes: " + maxMessageBytes + " (expected: 1 or more)");
        }
        if (maxMetadataBytes < 0) {
            throw new IllegalArgumentException("maxMetadataBytes: " + maxMetadataBytes + " (expected: 0 or more)");
        }
    }

    /**
     * What the sender of a HELLO accepts: absent limits are the initial ones, and a header limit outside of what the specification allows
     * counts as the nearest allowed one.
     */
    public static FrameLimits announced(Limits limits) {
        int header = orElse(limits.getMaxHeaderBytes(), DEFAULT.maxHeaderBytes);
        return new FrameLimits(
                Math.min(Math.max(header, DEFAULT.maxHeaderBytes), LONGEST_HEADER_LIMIT),
                orElse(limits.getMaxMessageBytes(), DEFAULT.maxMessageBytes),
                orElse(limits.getMaxMetadataBytes(), DEFAULT.maxMetadataBytes));
    }

    private static int orElse(int unsigned, int initial) {
        if (unsigned == 0) {
            return initial;
        }
        return unsigned < 0 ? Integer.MAX_VALUE : unsigned;
    }
}
