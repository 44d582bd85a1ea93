package io.rpcboot.spring.actuate;

import io.micrometer.core.instrument.MeterRegistry;
import io.rpcboot.RpcMethod;
import io.rpcboot.RpcStatus;
import io.rpcboot.spring.RpcServerCallListener;

/** Times the calls that are served, as {@code rpc.server}: from the start of the interceptors to the end of the method. */
public final class ServerMetrics implements RpcServerCallListener {

    private final CallTimers timers;

    public ServerMetrics(MeterRegistry registry) {
        this.timers = new CallTimers("rpc.server", "Calls served, from the start of the method to its end", registry);
    }

    @Override
    public void ended(RpcMethod method, RpcStatus status, long nanos) {
        timers.record(method, status, nanos);
    }
}
