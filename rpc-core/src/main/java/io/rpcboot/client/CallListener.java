package io.rpcboot.client;

import io.rpcboot.RpcMethod;
import io.rpcboot.RpcStatus;

/**
 * Learns of the end of every call that a client makes, as its caller sees it: once for each, after all interceptors and all attempts. For
 * metrics, which would cost a future for each call as an {@link io.rpcboot.Interceptor}. Has to be safe for use by many threads.
 */
@FunctionalInterface
public interface CallListener {

    /**
     * A call has ended. Runs before the caller learns it, for asynchronous calls often on an event loop, so it must not block. What it throws is
     * logged and has no further effect.
     *
     * @param nanos time from the caller's request to now, in nanoseconds
     */
    void ended(RpcMethod method, RpcStatus status, long nanos);
}
