package io.rpcboot.transport;

import io.rpcboot.Reason;
import io.rpcboot.wire.FrameLimits;
import io.rpcboot.wire.schema.Limits;
import org.jspecify.annotations.Nullable;

/**
 * What the other end accepts. Immutable.
 *
 * @param frames sizes of messages and metadata
 * @param maxCalls calls in flight on the connection
 * @param known false as long as the other end has said nothing and the initial limits of the specification hold
 */
record PeerLimits(FrameLimits frames, int maxCalls, boolean known) {

    /** {@code docs/wire-protocol.md}, "initial limits". */
    static final PeerLimits INITIAL = new PeerLimits(FrameLimits.DEFAULT, 100, false);

    /** Requests that the peer has not read yet; beyond it a stalled peer would fill this process's memory. */
    private static final long MAX_UNSENT_BYTES = 64 << 20;

    static PeerLimits of(Limits limits) {
        int calls = limits.getMaxCalls();
        return new PeerLimits(
                FrameLimits.announced(limits),
                calls == 0 ? INITIAL.maxCalls : calls < 0 ? Integer.MAX_VALUE : calls,
                true);
    }

    int maxMessageBytes() {
        return frames.maxMessageBytes();
    }

    /** What forbids sending the call now, or null. */
    @Nullable
    Excess excess(PendingCall call, int callsInFlight, long unsentBytes) {
        if (call.requestBytes() > maxMessageBytes()) {
            return new Excess(
                    Reason.MESSAGE_TOO_LARGE,
                    "the request has " + call.requestBytes() + " bytes, the server accepts " + maxMessageBytes()
                            + " (there: rpc.server.max-message-size)",
                    !known);
        }
        if (callsInFlight >= maxCalls) {
            return new Excess(
                    Reason.LIMIT,
                    callsInFlight + " calls are in flight on this connection, the server accepts " + maxCalls,
                    true);
        }
        if (unsentBytes > MAX_UNSENT_BYTES) {
            return new Excess(Reason.LIMIT, unsentBytes + " bytes of earlier calls are still unsent", false);
        }
        return null;
    }

    /**
     * What forbids sending a call.
     *
     * @param passes whether it may be sent later: after the peer's HELLO, or when others have ended
     */
    record Excess(Reason reason, String text, boolean passes) {}
}
