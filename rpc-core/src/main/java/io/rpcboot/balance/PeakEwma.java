package io.rpcboot.balance;

import io.rpcboot.RpcCall;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The cheaper of two endpoints drawn at random, where the cost is the latency of late times the calls under way: a slow server is left alone
 * after a few replies, without all clients rushing to the same quick one. Two choices: Mitzenmacher, "The Power of Two Choices in Randomized
 * Load Balancing" (2001); the cost: peak EWMA, from Finagle's and Linkerd's balancers.
 *
 * <p>Endpoints are drawn in proportion to their weights, and of two that cost about the same the first one drawn is taken; so shares follow
 * the weights, and a new process gets its share by and by. One whose latency is unknown gets one call at a time. One that lost for a second is
 * now and then called all the same, or nobody would learn that it is quick again.
 */
public final class PeakEwma implements LoadBalancer {

    /** Smaller latencies differ by chance. */
    private static final double LEAST_LATENCY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Larger than all others: a second call goes to an endpoint of unknown latency only if all are such. */
    private static final double UNKNOWN_LATENCY_NANOS = 1e18;

    /** Costs that differ by less are as good as equal. */
    private static final double TOLERANCE = 1.25;

    /** Of the choices lost by an endpoint that was not heard of for a second, one in so many is given to it. */
    private static final int REVISIT = 100;

    private static final int DRAWS = 8;

    private final LongSupplier nanoTime;
    private final Supplier<? extends RandomGenerator> randomness;
    private volatile Heaviest heaviest = new Heaviest(List.of(), 0);

    public PeakEwma() {
        this(System::nanoTime, ThreadLocalRandom::current);
    }

    PeakEwma(LongSupplier nanoTime, Supplier<? extends RandomGenerator> randomness) {
        this.nanoTime = nanoTime;
        this.randomness = randomness;
    }

    @Override
    public <T extends Candidate> T choose(List<T> candidates, RpcCall call) {
        int size = candidates.size();
        if (size == 1) {
            return candidates.get(0);
        }
        long now = nanoTime.getAsLong();
        RandomGenerator random = randomness.get();
        int first = draw(candidates, -1, random, now);
        int second = size == 2 ? 1 - first : draw(candidates, first, random, now);
        return cheaper(candidates.get(first), candidates.get(second), random, now);
    }

    private static <T extends Candidate> T cheaper(T first, T second, RandomGenerator random, long now) {
        boolean takeSecond = isCheaper(second, first, random, now);
        T loser = takeSecond ? first : second;
        if (loser.outstanding() == 0 && loser.load().isStale(now) && random.nextInt(REVISIT) == 0) {
            return loser;
        }
        return takeSecond ? second : first;
    }

    private static boolean isCheaper(Candidate second, Candidate first, RandomGenerator random, long now) {
        double firstLatency = latency(first, now);
        double secondLatency = latency(second, now);
        double firstShare = share(first, now);
        double secondShare = share(second, now);
        double lighter = Math.min(firstShare, secondShare);
        double firstCost = cost(firstLatency, first.outstanding(), lighter / firstShare, random);
        double secondCost = cost(secondLatency, second.outstanding(), lighter / secondShare, random);
        if (secondCost * TOLERANCE >= firstCost) {
            return false;
        }
        // Chance makes one busier than the other for a moment; a light one must not gain more by that than a heavy one.
        return secondShare >= firstShare
                || firstLatency == 0
                || secondLatency * TOLERANCE < firstLatency
                || random.nextDouble() * firstShare < secondShare;
    }

    private static double latency(Candidate candidate, long now) {
        double latency = candidate.load().latencyNanos(now);
        return latency == 0 ? 0 : Math.max(latency, LEAST_LATENCY_NANOS);
    }

    /** @param burden what one call is to this endpoint, against what it is to the lighter of the two */
    private static double cost(double latency, int outstanding, double burden, RandomGenerator random) {
        if (latency == 0) {
            return outstanding * UNKNOWN_LATENCY_NANOS;
        }
        return latency * (1 + (burden == 1 ? outstanding : (int) (outstanding * burden + random.nextDouble())));
    }

    /** Draws an index other than the excluded one, in proportion to the shares. */
    private int draw(List<? extends Candidate> candidates, int excluded, RandomGenerator random, long now) {
        double limit = heaviest(candidates);
        for (int i = 0; i < DRAWS; i++) {
            int drawn = random.nextInt(candidates.size());
            double share = share(candidates.get(drawn), now);
            if (drawn != excluded && (share >= limit || random.nextDouble() * limit < share)) {
                return drawn;
            }
        }
        return drawFromSum(candidates, excluded, random, now);
    }

    /** As {@link #draw}, for shares so different that draws seldom hit. */
    private static int drawFromSum(
            List<? extends Candidate> candidates, int excluded, RandomGenerator random, long now) {
        double sum = 0;
        for (int i = 0; i < candidates.size(); i++) {
            sum += i == excluded ? 0 : share(candidates.get(i), now);
        }
        double rest = random.nextDouble() * sum;
        int last = 0;
        for (int i = 0; i < candidates.size(); i++) {
            if (i != excluded) {
                last = i;
                rest -= share(candidates.get(i), now);
                if (rest < 0) {
                    return i;
                }
            }
        }
        return last;
    }

    private static double share(Candidate candidate, long now) {
        return Math.max(1, candidate.endpoint().attributes().weight())
                * candidate.load().warmth(now);
    }

    private int heaviest(List<? extends Candidate> candidates) {
        Heaviest known = heaviest;
        if (known.candidates != candidates) {
            known = Heaviest.of(candidates);
            heaviest = known;
        }
        return known.weight;
    }

    @Override
    public String toString() {
        return "PeakEwma";
    }

    private record Heaviest(List<? extends Candidate> candidates, int weight) {

        static Heaviest of(List<? extends Candidate> candidates) {
            int weight = candidates.stream()
                    .mapToInt(one -> one.endpoint().attributes().weight())
                    .max()
                    .orElse(0);
            return new Heaviest(candidates, Math.max(1, weight));
        }
    }
}
