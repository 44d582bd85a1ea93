package io.rpcboot.balance;

import io.rpcboot.RpcCall;
import java.util.List;

/**
 * Calls with the same {@linkplain RpcCall#hashKey() key} go to the same endpoint, as long as it can take calls. When an endpoint comes or
 * goes, only its own keys move. Keys spread in proportion to the weights. Calls without a key are left to another balancer.
 *
 * <p>Weighted rendezvous hashing (Thaler and Ravishankar 1998): each endpoint draws a number from the key, and the highest one wins.
 */
public final class ConsistentHash implements LoadBalancer {

    private final LoadBalancer withoutKey;
    private volatile Places places = new Places(List.of(), new long[0]);

    /** Leaves calls without a key to {@link PeakEwma}. */
    public ConsistentHash() {
        this(new PeakEwma());
    }

    public ConsistentHash(LoadBalancer withoutKey) {
        this.withoutKey = withoutKey;
    }

    @Override
    public <T extends Candidate> T choose(List<T> candidates, RpcCall call) {
        String key = call.hashKey();
        if (key == null) {
            return withoutKey.choose(candidates, call);
        }
        long[] hashes = hashes(candidates);
        long keyHash = hash(key);
        int best = 0;
        double bestScore = -1;
        for (int i = 0; i < hashes.length; i++) {
            double score = score(mix(keyHash ^ hashes[i]), candidates.get(i));
            if (score > bestScore) {
                best = i;
                bestScore = score;
            }
        }
        return candidates.get(best);
    }

    private static double score(long drawn, Candidate candidate) {
        double fraction = ((drawn >>> 11) + 0.5) * 0x1p-53;
        return Math.max(1, candidate.endpoint().attributes().weight()) / -Math.log(fraction);
    }

    private long[] hashes(List<? extends Candidate> candidates) {
        Places known = places;
        if (known.candidates != candidates) {
            known = Places.of(candidates);
            places = known;
        }
        return known.hashes;
    }

    /** FNV-1a over the characters; the same in every process, so that all clients agree. */
    private static long hash(String text) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
        }
        return mix(hash);
    }

    /** The last step of SplitMix64: every bit depends on every other. */
    private static long mix(long bits) {
        long mixed = (bits ^ bits >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }

    @Override
    public String toString() {
        return "ConsistentHash(" + withoutKey + " without a key)";
    }

    /** The hashes of the addresses in one list of candidates. */
    private static final class Places {

        private final List<? extends Candidate> candidates;
        private final long[] hashes;

        private Places(List<? extends Candidate> candidates, long[] hashes) {
            this.candidates = candidates;
            this.hashes = hashes;
        }

        static Places of(List<? extends Candidate> candidates) {
            return new Places(
                    candidates,
                    candidates.stream()
                            .mapToLong(one -> hash(one.endpoint().address()))
                            .toArray());
        }
    }
}
