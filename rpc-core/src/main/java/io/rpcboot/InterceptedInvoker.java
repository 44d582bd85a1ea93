package io.rpcboot;

import java.util.concurrent.CompletableFuture;

/** One interceptor before the next invoker; keeps the promise that an invoker never throws. */
record InterceptedInvoker(Interceptor interceptor, Invoker next) implements Invoker {

    @Override
    public CompletableFuture<RpcReply> invoke(RpcCall call) {
        try {
            return interceptor.intercept(call, next);
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public String toString() {
        return interceptor + " > " + next;
    }
}
