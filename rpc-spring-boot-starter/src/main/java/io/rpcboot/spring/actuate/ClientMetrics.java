package io.rpcboot.spring.actuate;

import io.micrometer.core.instrument.MeterRegistry;
import io.rpcboot.Invoker;
import io.rpcboot.RpcCall;
import io.rpcboot.RpcException;
import io.rpcboot.RpcReply;
import io.rpcboot.RpcStatus;
import io.rpcboot.spring.RpcClientInterceptor;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;

/** Times the calls that are made, as {@code rpc.client}. Outermost, so that the time is the caller's. */
public final class ClientMetrics implements RpcClientInterceptor, Ordered {

    private final CallTimers timers;

    public ClientMetrics(MeterRegistry registry) {
        this.timers = new CallTimers("rpc.client", "Calls made, from the caller's request to the reply", registry);
    }

    @Override
    public CompletableFuture<RpcReply> intercept(RpcCall call, Invoker next) {
        long start = System.nanoTime();
        return next.invoke(call)
                .whenComplete(
                        (reply, failure) -> timers.record(call.method(), status(failure), System.nanoTime() - start));
    }

    private static RpcStatus status(@Nullable Throwable failure) {
        if (failure == null) {
            return RpcStatus.OK;
        }
        return Failures.unwrap(failure) instanceof RpcException rpc ? rpc.status() : RpcStatus.INTERNAL;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
