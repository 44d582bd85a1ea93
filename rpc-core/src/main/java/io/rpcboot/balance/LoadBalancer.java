package io.rpcboot.balance;

import io.rpcboot.RpcCall;
import java.util.List;

/** Chooses the endpoint for a call. One balancer serves one service. Safe for use by many threads; never blocks. */
@FunctionalInterface
public interface LoadBalancer {

    /**
     * Chooses one of the candidates.
     *
     * @param candidates endpoints that can take the call; never empty, and never changed: when something changes, another list is given, so
     *     that a balancer may keep what it works out from one
     */
    <T extends Candidate> T choose(List<T> candidates, RpcCall call);
}
