package io.rpcboot.client;

import io.rpcboot.Endpoint;
import io.rpcboot.Interceptor;
import io.rpcboot.balance.LoadBalancer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a client calls one service. Immutable.
 *
 * @param timeout time for a call of any method; null leaves it to the reference and the client
 * @param methodTimeouts time for calls of single methods, by the name in the contract
 * @param addresses fixed endpoints; empty to ask the resolver
 * @param loadBalancer makes the balancer of this service; null for the client's
 * @param version only endpoints of this version are called; empty for any
 * @param group only endpoints of this group are called; empty for any
 * @param interceptors run after the client's, in this order
 */
public record ServiceOptions(
        @Nullable Duration timeout,
        Map<String, Duration> methodTimeouts,
        List<Endpoint> addresses,
        @Nullable Supplier<LoadBalancer> loadBalancer,
        String version,
        String group,
        List<Interceptor> interceptors) {

    public static final ServiceOptions NONE = new ServiceOptions(null, Map.of(), List.of(), null, "", "", List.of());

    public ServiceOptions {
        methodTimeouts = Map.copyOf(methodTimeouts);
        addresses = List.copyOf(addresses);
        interceptors = List.copyOf(interceptors);
    }
}
