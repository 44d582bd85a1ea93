package io.rpcboot.client;

import java.util.Arrays;

/** The time in which 95 % of the last calls of a method ended. Safe for use by many threads. */
final class UsualTime {

    private static final int KEPT = 256;
    private static final int LEAST = 64;
    private static final int BETWEEN_LOOKS = 32;
    private static final double SHARE = 0.95;

    private final long[] latencies = new long[KEPT];
    private long count;
    private volatile long nanos;

    /** In nanoseconds; 0 while too few calls have ended. */
    long nanos() {
        return nanos;
    }

    synchronized void add(long latencyNanos) {
        latencies[(int) (count++ % KEPT)] = latencyNanos;
        if (count >= LEAST && count % BETWEEN_LOOKS == 0) {
            long[] sorted = Arrays.copyOf(latencies, (int) Math.min(count, KEPT));
            Arrays.sort(sorted);
            nanos = Math.max(1, sorted[(int) (SHARE * (sorted.length - 1))]);
        }
    }
}
