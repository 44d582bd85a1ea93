package io.rpcboot.client;

import io.rpcboot.RpcMethod;
import io.rpcboot.contract.MethodContract;
import io.rpcboot.contract.ServiceContract;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** How long the calls of each method may take where the call itself does not say: method, service, reference, client. Immutable. */
final class Timeouts {

    private final Map<String, Duration> byMethod = new HashMap<>();
    private final Duration longest;

    /**
     * @param client where nothing else is said
     * @param longest more than this is refused
     * @throws IllegalArgumentException if a method would have more
     */
    Timeouts(
            ServiceContract<?, ?> contract,
            ServiceOptions service,
            ReferenceOptions reference,
            Duration client,
            Duration longest) {
        this.longest = longest;
        for (MethodContract<?, ?> method : contract.methods()) {
            Duration timeout = Stream.of(
                            service.method(method.name()).timeout(), service.timeout(), reference.timeout(), client)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElseThrow();
            byMethod.put(method.name(), checked(timeout, method));
        }
    }

    Duration of(RpcMethod method) {
        return Objects.requireNonNull(byMethod.get(method.name()), method::fullName);
    }

    /**
     * The timeout, if it is not too long.
     *
     * @throws IllegalArgumentException if it is
     */
    Duration checked(Duration timeout, RpcMethod method) {
        if (timeout.compareTo(longest) > 0) {
            throw new IllegalArgumentException("timeout of " + method.fullName() + ": " + timeout
                    + " (expected: at most " + longest + ", the client's longest timeout)");
        }
        return timeout;
    }
}
