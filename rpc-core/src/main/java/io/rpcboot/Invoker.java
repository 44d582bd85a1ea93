package io.rpcboot;

import java.util.concurrent.CompletableFuture;

/**
 * The one shape of this framework: takes a call, returns the future of its reply. Balancer, connection, interceptor chain and dispatcher
 * are all invokers, on both sides of the wire. Safe for use by many threads.
 */
@FunctionalInterface
public interface Invoker {

    /**
     * Starts the call and returns without waiting for it. Never throws: a failed call is a future that fails with {@link RpcException}. The
     * future may complete on an event loop, so what depends on it must not block. A call is given up through {@link RpcCall#cancellation()}.
     */
    CompletableFuture<RpcReply> invoke(RpcCall call);
}
