package io.rpcboot;

import java.util.concurrent.CompletableFuture;

/** One interceptor before the next invoker; keeps the promise that an invoker never throws. */
record InterceptedInvoker(Interceptor interceptor, Invoker next) implements Invoker {

    @Override
    public CompletableFuture<RpcReply> invoke(RpcCall call) {
        try {
            CompletableFuture<RpcReply> reply = interceptor.intercept(call, next);
            return reply != null
                    ? reply
                    : CompletableFuture.failedFuture(
                            new IllegalStateException(interceptor + " returned null (expected: a future)"));
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public String toString() {
        return interceptor + " > " + next;
    }
}
