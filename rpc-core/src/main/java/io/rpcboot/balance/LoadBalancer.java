package io.rpcboot.balance;

import io.rpcboot.RpcCall;
import java.util.List;

/** Chooses the endpoint for a call. One balancer serves one service. Safe for use by many threads; never blocks. */
@FunctionalInterface
public interface LoadBalancer {

    /**
     * Chooses one of the candidates.
     *
     * @param candidates endpoints that can take the call; never empty
     */
    <T extends Candidate> T choose(List<T> candidates, RpcCall call);
}
