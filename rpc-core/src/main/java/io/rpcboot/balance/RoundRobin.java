package io.rpcboot.balance;

import io.rpcboot.RpcCall;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One endpoint after the other, from a random start so that many clients do not march in step. Where weights differ, the heavier ones come
 * more often, spread evenly over the round (nginx's "smooth weighted round robin").
 */
public final class RoundRobin implements LoadBalancer {

    private final AtomicInteger next =
            new AtomicInteger(ThreadLocalRandom.current().nextInt());
    private volatile Round round = new Round(List.of(), new int[0]);

    @Override
    public <T extends Candidate> T choose(List<T> candidates, RpcCall call) {
        if (candidates.size() == 1) {
            return candidates.get(0);
        }
        int[] order = order(candidates);
        return candidates.get(order[Integer.remainderUnsigned(next.getAndIncrement(), order.length)]);
    }

    private int[] order(List<? extends Candidate> candidates) {
        Round known = round;
        if (known.candidates != candidates) {
            known = Round.of(candidates);
            round = known;
        }
        return known.order;
    }

    @Override
    public String toString() {
        return "RoundRobin";
    }

    /** The order of turns for one list of candidates. */
    private static final class Round {

        /** Weights are rounded so that no more turns make a round. */
        private static final int MAX_TURNS = 1000;

        private final List<? extends Candidate> candidates;
        private final int[] order;

        private Round(List<? extends Candidate> candidates, int[] order) {
            this.candidates = candidates;
            this.order = order;
        }

        static Round of(List<? extends Candidate> candidates) {
            return new Round(candidates, smooth(turns(candidates)));
        }

        private static int[] turns(List<? extends Candidate> candidates) {
            int[] weights = candidates.stream()
                    .mapToInt(one -> Math.max(1, one.endpoint().attributes().weight()))
                    .toArray();
            long sum = 0;
            int divisor = 0;
            for (int weight : weights) {
                sum += weight;
                divisor = gcd(weight, divisor);
            }
            for (int i = 0; i < weights.length; i++) {
                weights[i] = sum / divisor <= MAX_TURNS
                        ? weights[i] / divisor
                        : (int) Math.max(1, Math.round((double) weights[i] * MAX_TURNS / sum));
            }
            return weights;
        }

        /** In each turn everyone gains its weight, and the richest pays the sum of all for it. */
        private static int[] smooth(int[] turns) {
            int sum = 0;
            for (int one : turns) {
                sum += one;
            }
            int[] order = new int[sum];
            int[] credit = new int[turns.length];
            for (int turn = 0; turn < sum; turn++) {
                int richest = 0;
                for (int i = 0; i < turns.length; i++) {
                    credit[i] += turns[i];
                    if (credit[i] > credit[richest]) {
                        richest = i;
                    }
                }
                credit[richest] -= sum;
                order[turn] = richest;
            }
            return order;
        }

        private static int gcd(int a, int b) {
            return b == 0 ? a : gcd(b, a % b);
        }
    }
}
