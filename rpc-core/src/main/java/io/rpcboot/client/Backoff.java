package io.rpcboot.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before the next attempt to connect: 100 ms, 1.6 times more after each failure up to 10 s, 20 % of it at random. */
final class Backoff {

    private static final double FIRST_MILLIS = 100;
    private static final double FACTOR = 1.6;
    private static final double LONGEST_MILLIS = 10_000;
    private static final double JITTER = 0.2;

    private Backoff() {}

    /** The wait after this many failures in a row, 1 or more. */
    static Duration after(int failures) {
        double millis = Math.min(LONGEST_MILLIS, FIRST_MILLIS * Math.pow(FACTOR, failures - 1));
        double jitter = 1 + ThreadLocalRandom.current().nextDouble(-JITTER, JITTER);
        return Duration.ofNanos((long) (millis * jitter * 1_000_000));
    }
}
