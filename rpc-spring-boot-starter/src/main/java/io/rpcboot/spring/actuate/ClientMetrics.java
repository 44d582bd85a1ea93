package io.rpcboot.spring.actuate;

import io.micrometer.core.instrument.MeterRegistry;
import io.rpcboot.RpcMethod;
import io.rpcboot.RpcStatus;
import io.rpcboot.spring.RpcClientCallListener;

/** Times the calls that are made, as {@code rpc.client}: the time is the caller's, with all interceptors and attempts. */
public final class ClientMetrics implements RpcClientCallListener {

    private final CallTimers timers;

    public ClientMetrics(MeterRegistry registry) {
        this.timers = new CallTimers("rpc.client", "Calls made, from the caller's request to the reply", registry);
    }

    @Override
    public void ended(RpcMethod method, RpcStatus status, long nanos) {
        timers.record(method, status, nanos);
    }
}
