package io.rpcboot.client;

import io.rpcboot.RpcMethod;
import io.rpcboot.contract.MethodContract;
import io.rpcboot.contract.ServiceContract;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** How long the calls of each method may take where the call itself does not say: method, service, reference, client. Immutable. */
final class Timeouts {

    private final Map<RpcMethod, Duration> byMethod = new IdentityHashMap<>();

    Timeouts(ServiceContract<?, ?> contract, ServiceOptions service, ReferenceOptions reference, Duration client) {
        for (MethodContract<?, ?> method : contract.methods()) {
            byMethod.put(
                    method,
                    Stream.of(
                                    service.methodTimeouts().get(method.name()),
                                    service.timeout(),
                                    reference.timeout(),
                                    client)
                            .filter(Objects::nonNull)
                            .findFirst()
                            .orElseThrow());
        }
    }

    Duration of(RpcMethod method) {
        return Objects.requireNonNull(byMethod.get(method), method::fullName);
    }
}
