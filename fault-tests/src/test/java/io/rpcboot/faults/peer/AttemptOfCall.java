package io.rpcboot.faults.peer;

import io.rpcboot.Interceptor;
import io.rpcboot.Invoker;
import io.rpcboot.RpcCall;
import io.rpcboot.RpcReply;
import java.util.concurrent.CompletableFuture;

/** Shows the handler which attempt of a call it runs. Safe for use by many threads. */
final class AttemptOfCall implements Interceptor {

    private static final ThreadLocal<Integer> CURRENT = ThreadLocal.withInitial(() -> 0);

    /** The attempt that the current thread runs; 0 is the first. */
    static int current() {
        return CURRENT.get();
    }

    @Override
    public CompletableFuture<RpcReply> intercept(RpcCall call, Invoker next) {
        CURRENT.set(call.attempt());
        try {
            return next.invoke(call);
        } finally {
            CURRENT.remove();
        }
    }
}
