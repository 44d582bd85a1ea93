package io.rpcboot;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Looks at, changes or refuses calls on their way, at the caller or at the server. Safe for use by many threads. */
@FunctionalInterface
public interface Interceptor {

    /**
     * Handles the call, usually by passing it, or a changed copy, to the next invoker. At the caller it runs on the caller's thread, at the
     * server on the thread that will run the method. To refuse, throw or return a future that fails with {@link RpcException}.
     */
    CompletableFuture<RpcReply> intercept(RpcCall call, Invoker next);

    /**
     * The invoker that sends each call through the interceptors, the first one outermost, and then to the last invoker. What an interceptor
     * throws becomes the failure of the returned future.
     */
    static Invoker chain(List<Interceptor> interceptors, Invoker last) {
        Invoker chain = last;
        for (int i = interceptors.size() - 1; i >= 0; i--) {
            chain = new InterceptedInvoker(interceptors.get(i), chain);
        }
        return chain;
    }
}
