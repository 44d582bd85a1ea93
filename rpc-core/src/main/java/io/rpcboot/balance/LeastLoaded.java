package io.rpcboot.balance;

import io.rpcboot.RpcCall;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The less busy of two endpoints drawn at random ("the power of two choices", Mitzenmacher 2001): close to the least loaded of all, without
 * all clients rushing to the same one.
 */
public final class LeastLoaded implements LoadBalancer {

    @Override
    public <T extends Candidate> T choose(List<T> candidates, RpcCall call) {
        int size = candidates.size();
        if (size == 1) {
            return candidates.get(0);
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        int first = random.nextInt(size);
        int second = random.nextInt(size - 1);
        T one = candidates.get(first);
        T other = candidates.get(second < first ? second : second + 1);
        return one.outstanding() <= other.outstanding() ? one : other;
    }

    @Override
    public String toString() {
        return "LeastLoaded";
    }
}
