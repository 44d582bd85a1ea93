package io.rpcboot.spring.actuate;

import io.micrometer.core.instrument.MeterRegistry;
import io.rpcboot.Invoker;
import io.rpcboot.RpcCall;
import io.rpcboot.RpcException;
import io.rpcboot.RpcReply;
import io.rpcboot.RpcStatus;
import io.rpcboot.server.ExceptionMapper;
import io.rpcboot.server.ServiceExceptions;
import io.rpcboot.spring.RpcServerInterceptor;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;

/** Times the calls that are served, as {@code rpc.server}. Outermost, so that other interceptors count as part of the call. */
public final class ServerMetrics implements RpcServerInterceptor, Ordered {

    private final CallTimers timers;
    private final List<ExceptionMapper> mappers;

    /**
     * @param mappers give the status that callers see; they are asked outside of the interceptors, too late to be seen here
     */
    public ServerMetrics(MeterRegistry registry, List<ExceptionMapper> mappers) {
        this.timers = new CallTimers("rpc.server", "Calls served, from the start of the method to its end", registry);
        this.mappers = Stream.concat(mappers.stream(), Stream.of(new ServiceExceptions()))
                .toList();
    }

    @Override
    public CompletableFuture<RpcReply> intercept(RpcCall call, Invoker next) {
        long start = System.nanoTime();
        CompletableFuture<RpcReply> reply = next.invoke(call);
        if (reply.isDone() && !reply.isCompletedExceptionally()) {
            // That of a blocking method, which needs no further future.
            timers.record(call.method(), RpcStatus.OK, System.nanoTime() - start);
            return reply;
        }
        return reply.whenComplete(
                (good, failure) -> timers.record(call.method(), status(failure), System.nanoTime() - start));
    }

    private RpcStatus status(@Nullable Throwable failure) {
        if (failure == null) {
            return RpcStatus.OK;
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        for (ExceptionMapper mapper : mappers) {
            RpcException mapped = mapper.map(cause);
            if (mapped != null) {
                return mapped.status();
            }
        }
        return cause instanceof RpcException rpc ? rpc.status() : RpcStatus.INTERNAL;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
