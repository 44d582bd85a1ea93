package io.rpcboot.transport;

import io.rpcboot.wire.schema.Limits;
import org.jspecify.annotations.Nullable;

/**
 * What the other end accepts. Immutable.
 *
 * @param maxMessageBytes size of a message
 * @param maxCalls calls in flight on the connection
 * @param known false as long as the other end has said nothing and the initial limits of the specification hold
 */
record PeerLimits(int maxMessageBytes, int maxCalls, boolean known) {

    /** {@code docs/wire-protocol.md}, "initial limits". */
    static final PeerLimits INITIAL = new PeerLimits(4 << 20, 1000, false);

    static PeerLimits of(Limits limits) {
        return new PeerLimits(
                limits.getMaxMessageBytes() > 0 ? limits.getMaxMessageBytes() : INITIAL.maxMessageBytes,
                limits.getMaxCalls() > 0 ? limits.getMaxCalls() : INITIAL.maxCalls,
                true);
    }

    boolean tooLarge(PendingCall call) {
        return call.requestBytes() > maxMessageBytes;
    }

    /** What forbids sending the call now, or null. */
    @Nullable
    String excess(PendingCall call, int callsInFlight) {
        if (tooLarge(call)) {
            return "the request has " + call.requestBytes() + " bytes, the server accepts " + maxMessageBytes
                    + " (there: rpc.server.max-message-size)";
        }
        if (callsInFlight >= maxCalls) {
            return callsInFlight + " calls are in flight on this connection, the server accepts " + maxCalls;
        }
        return null;
    }
}
