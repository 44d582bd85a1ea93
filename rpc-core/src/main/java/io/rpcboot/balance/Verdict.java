package io.rpcboot.balance;

import io.rpcboot.Reason;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import org.jspecify.annotations.Nullable;

/** What the end of a call says of the endpoint that served it. */
public enum Verdict {
    /** It works: it replied, or its application refused for reasons of its own, like NOT_FOUND. */
    WORKS,
    /** It is to blame: it failed inside, said it is unavailable, or gave no reply in time. */
    FAILS,
    /** It has too much to do. */
    REFUSES,
    /**
     * Nothing is said: the caller gave up, the call never got there, the endpoint is leaving, or the connection broke, all of which others
     * look after.
     */
    UNKNOWN;

    /** Judges a call by its failure, null if it has none. */
    public static Verdict of(@Nullable RpcException failure) {
        if (failure == null) {
            return WORKS;
        }
        return switch (failure.reason()) {
            case DRAINING, CONNECTION_LOST, CONNECT_FAILED, CLOSED, NO_ENDPOINT, BLOCKING_ON_EVENT_LOOP -> UNKNOWN;
            case MESSAGE_TOO_LARGE, BAD_REQUEST, UNKNOWN_SERVICE, UNKNOWN_METHOD, REFUSED -> WORKS;
            case LIMIT, TOO_LATE -> REFUSES;
            default -> of(failure.status(), failure.reason());
        };
    }

    private static Verdict of(RpcStatus status, Reason reason) {
        return switch (status) {
            case UNAVAILABLE, INTERNAL, UNKNOWN, DATA_LOSS -> FAILS;
            // Thrown by the application, it is some other server that was late.
            case DEADLINE_EXCEEDED -> reason == Reason.APPLICATION ? WORKS : FAILS;
            case CANCELLED -> UNKNOWN;
            default -> WORKS;
        };
    }
}
