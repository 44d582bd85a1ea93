package io.rpcboot.client;

import java.time.Duration;

/**
 * The connections of a client. Immutable.
 *
 * @param perEndpoint connections to each endpoint
 * @param firstPause pause before a lost connection is opened again; each further failure makes it 1.6 times as long, 20 % more or less
 * @param longestPause no pause is longer
 */
public record ConnectionOptions(int perEndpoint, Duration firstPause, Duration longestPause) {

    /** One connection; 100 ms to 10 s. */
    public static final ConnectionOptions DEFAULT =
            new ConnectionOptions(1, Duration.ofMillis(100), Duration.ofSeconds(10));

    public ConnectionOptions {
        if (perEndpoint < 1) {
            throw new IllegalArgumentException("perEndpoint: " + perEndpoint + " (expected: 1 or more)");
        }
        if (firstPause.isZero() || firstPause.isNegative()) {
            throw new IllegalArgumentException("firstPause: " + firstPause + " (expected: more than zero)");
        }
        if (longestPause.compareTo(firstPause) < 0) {
            throw new IllegalArgumentException(
                    "longestPause: " + longestPause + " (expected: at least firstPause, " + firstPause + ")");
        }
    }

    public ConnectionOptions withPerEndpoint(int value) {
        return new ConnectionOptions(value, firstPause, longestPause);
    }
}
