package io.rpcboot.server;

import io.rpcboot.CallGate;
import io.rpcboot.Interceptor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a server runs one service. Immutable.
 *
 * @param execution where the methods run
 * @param interceptors run after the server's, in this order
 * @param gates checked after the server's, in this order
 * @param maxConcurrentCalls calls of the service that workers run at once, the rest waits; an asynchronous method counts until it has returned
 *     its future. 0 for the default: all workers, or 80 % of them where the server offers several services.
 * @param mprpcName what callers that speak mprpc call the service; null for its name without the package, empty to keep them out
 */
public record ServiceOptions(
        Execution execution,
        List<Interceptor> interceptors,
        List<CallGate> gates,
        int maxConcurrentCalls,
        @Nullable String mprpcName) {

    public static final ServiceOptions DEFAULT = new ServiceOptions(Execution.WORKER, List.of(), List.of());

    public ServiceOptions(Execution execution, List<Interceptor> interceptors, List<CallGate> gates) {
        this(execution, interceptors, gates, 0);
    }

    public ServiceOptions(
            Execution execution, List<Interceptor> interceptors, List<CallGate> gates, int maxConcurrentCalls) {
        this(execution, interceptors, gates, maxConcurrentCalls, null);
    }

    public ServiceOptions {
        interceptors = List.copyOf(interceptors);
        gates = List.copyOf(gates);
        if (maxConcurrentCalls < 0) {
            throw new IllegalArgumentException("maxConcurrentCalls: " + maxConcurrentCalls + " (expected: 0 or more)");
        }
    }

    /** With another name for callers that speak mprpc; empty keeps them out. */
    public ServiceOptions withMprpcName(String value) {
        return new ServiceOptions(execution, interceptors, gates, maxConcurrentCalls, value);
    }

    /** What callers that speak mprpc call the service of this full name; empty if they are kept out. */
    String mprpcName(String service) {
        return mprpcName == null ? service.substring(service.lastIndexOf('.') + 1) : mprpcName;
    }
}
