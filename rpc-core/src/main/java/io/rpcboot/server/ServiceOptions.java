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
 */
public record ServiceOptions(Execution execution, List<Interceptor> interceptors, List<CallGate> gates) {

    public static final ServiceOptions DEFAULT = new ServiceOptions(Execution.WORKER, List.of(), List.of());

    public ServiceOptions {
        interceptors = List.copyOf(interceptors);
        gates = List.copyOf(gates);
    }
}
