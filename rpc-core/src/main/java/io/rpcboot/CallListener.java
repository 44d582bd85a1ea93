package io.rpcboot;

import java.util.List;

/**
 * Learns of the end of every call, at the caller or at the server. For metrics, which would cost further objects for each call as an
 * {@link Interceptor}. Has to be safe for use by many threads.
 */
@FunctionalInterface
public interface CallListener {

    /** Is told, and does nothing. */
    CallListener NONE = (method, status, nanos) -> {};

    /**
     * A call has ended. At the caller: once for each that was sent on its way, after all interceptors and all attempts, before the caller learns
     * the end unless it cancelled the call itself. At the server: once for each whose method or interceptors were started, before the answer goes
     * out. Often runs on an event loop, so it must not block. What it throws is logged and has no further effect.
     *
     * @param status at the caller as it sees it; at the server what the method, with its interceptors and the mapping of exceptions, ended with,
     *     also where the answer can then not be sent, as one that is too large
     * @param nanos time from the request to now at the caller, from the start of the interceptors to now at the server, in nanoseconds
     */
    void ended(RpcMethod method, RpcStatus status, long nanos);

    /** Tells all of these, and logs what they throw. {@link #NONE} if there are none. */
    static CallListener all(List<? extends CallListener> listeners) {
        return listeners.isEmpty() ? NONE : new CallListeners(List.copyOf(listeners));
    }
}
