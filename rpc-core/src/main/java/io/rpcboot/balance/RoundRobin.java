package io.rpcboot.balance;

import io.rpcboot.RpcCall;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** One endpoint after the other, from a random start so that many clients do not march in step. */
public final class RoundRobin implements LoadBalancer {

    private final AtomicInteger next =
            new AtomicInteger(ThreadLocalRandom.current().nextInt());

    @Override
    public <T extends Candidate> T choose(List<T> candidates, RpcCall call) {
        if (candidates.size() == 1) {
            return candidates.get(0);
        }
        return candidates.get(Integer.remainderUnsigned(next.getAndIncrement(), candidates.size()));
    }

    @Override
    public String toString() {
        return "RoundRobin";
    }
}
