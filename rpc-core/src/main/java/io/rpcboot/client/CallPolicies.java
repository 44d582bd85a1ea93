package io.rpcboot.client;

import io.rpcboot.RpcMethod;
import java.util.HashMap;
import java.util.Map;

/** The policy of each method of one service: what is set for the method, else for the service, else for the client. Immutable. */
final class CallPolicies {

    private final Map<String, CallPolicy> byMethod = new HashMap<>();
    private final CallPolicy others;

    CallPolicies(ServiceOptions service, RetryOptions client) {
        this.others = policy(MethodOptions.NONE, service, client);
        service.methods().forEach((name, method) -> byMethod.put(name, policy(method, service, client)));
    }

    private static CallPolicy policy(MethodOptions method, ServiceOptions service, RetryOptions client) {
        int retries = service.retries() == null ? client.retries() : service.retries();
        return new CallPolicy(
                method.retries() == null ? retries : method.retries(),
                method.hedging(),
                method.hashKey() == null ? service.hashKey() : method.hashKey());
    }

    CallPolicy of(RpcMethod method) {
        return byMethod.isEmpty() ? others : byMethod.getOrDefault(method.name(), others);
    }

    /** Whether calls of some method may be sent a second time because they are slow. */
    boolean anyHedged() {
        return byMethod.values().stream().anyMatch(policy -> policy.hedging() != null);
    }
}
