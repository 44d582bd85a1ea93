package io.rpcboot.server;

import io.rpcboot.CallGate;
import io.rpcboot.Interceptor;
import java.util.List;

/**
 * How a server runs one service. Immutable.
 *
 * @param execution where the methods run
 * @param interceptors run after the server's, in this order
 * @param gates checked after the server's, in this order
 * @param maxConcurrentCalls calls of the service that workers run at once, the rest waits; an asynchronous method counts until it has returned
 *     its future. 0 for the default: all workers, or 80 % of them where the server offers several services.
 */
public record ServiceOptions(
        Execution execution, List<Interceptor> interceptors, List<CallGate> gates, int maxConcurrentCalls) {

    public static final ServiceOptions DEFAULT = new ServiceOptions(Execution.WORKER, List.of(), List.of());

    public ServiceOptions(Execution execution, List<Interceptor> interceptors, List<CallGate> gates) {
        this(execution, interceptors, gates, 0);
    }

    public ServiceOptions {
        interceptors = List.copyOf(interceptors);
        gates = List.copyOf(gates);
        if (maxConcurrentCalls < 0) {
            throw new IllegalArgumentException("maxConcurrentCalls: " + maxConcurrentCalls + " (expected: 0 or more)");
        }
    }
}
