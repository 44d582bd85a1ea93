package io.rpcboot.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before the next attempt to connect: 1.6 times longer after each failure, 20 % of it at random. Immutable.
 *
 * @param first wait after the first failure
 * @param longest no wait is longer, but for the random part
 */
record Backoff(Duration first, Duration longest) {

    private static final double FACTOR = 1.6;
    private static final double JITTER = 0.2;

    /** Where a process is likely to come back, as in a restart, one attempt a second costs nobody much. */
    private static final Duration LONGEST_IN_RESTART = Duration.ofSeconds(1);

    /**
     * The wait after this many failures in a row, 1 or more.
     *
     * @param restarting whether the endpoint worked a short while ago
     */
    Duration after(int failures, boolean restarting) {
        Duration most = restarting && LONGEST_IN_RESTART.compareTo(longest) < 0 ? LONGEST_IN_RESTART : longest;
        double nanos = Math.min(most.toNanos(), first.toNanos() * Math.pow(FACTOR, failures - 1));
        return Duration.ofNanos((long) (nanos * (1 + ThreadLocalRandom.current().nextDouble(-JITTER, JITTER))));
    }
}
