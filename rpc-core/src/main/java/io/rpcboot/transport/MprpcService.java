package io.rpcboot.transport;

import io.rpcboot.wire.MprpcHeaderSize;
import java.util.Set;

/**
 * A service whose providers speak mprpc, and how they are to be called. Immutable.
 *
 * @param name what they call the service; empty, until it is {@linkplain #named known}, for the service's name without its package
 * @param headerSize how they read the size of the header
 * @param maxRequestBytes the largest request, header included: they take what one read brings for the whole, so that it must arrive at once
 * @param emptyReplies names of the methods whose empty reply is a message that has nothing set. That of others is a failure, since a provider
 *     that dies looks the same; but for replies whose type has no fields.
 */
public record MprpcService(String name, MprpcHeaderSize headerSize, int maxRequestBytes, Set<String> emptyReplies) {

    /** One segment of TCP on nearly every network. */
    public static final int DEFAULT_REQUEST_BYTES = 1400;

    /** A provider reads no more at once. */
    public static final int MAX_REQUEST_BYTES = 66_560;

    /** The service's name without its package, little-endian header size, requests of 1,400 bytes, no empty replies. */
    public static final MprpcService DEFAULT =
            new MprpcService("", MprpcHeaderSize.LITTLE_ENDIAN, DEFAULT_REQUEST_BYTES, Set.of());

    public MprpcService {
        if (maxRequestBytes < 1 || maxRequestBytes > MAX_REQUEST_BYTES) {
            throw new IllegalArgumentException(
                    "maxRequestBytes: " + maxRequestBytes + " (expected: 1.." + MAX_REQUEST_BYTES + ")");
        }
        emptyReplies = Set.copyOf(emptyReplies);
    }

    public MprpcService withName(String value) {
        return new MprpcService(value, headerSize, maxRequestBytes, emptyReplies);
    }

    /** With a name in any case, that of the service with this full name if there is none yet. */
    public MprpcService named(String fullName) {
        return name.isEmpty() ? withName(fullName.substring(fullName.lastIndexOf('.') + 1)) : this;
    }

    public MprpcService withHeaderSize(MprpcHeaderSize value) {
        return new MprpcService(name, value, maxRequestBytes, emptyReplies);
    }

    public MprpcService withMaxRequestBytes(int value) {
        return new MprpcService(name, headerSize, value, emptyReplies);
    }

    public MprpcService withEmptyReplies(Set<String> methods) {
        return new MprpcService(name, headerSize, maxRequestBytes, methods);
    }
}
