package io.rpcboot.client;

import java.time.Duration;

/**
 * How often failed calls are sent again where that is safe, and how soon. Immutable.
 *
 * @param retries attempts beyond the first; 0 for none
 * @param budgetShare repeated calls of a service, hedges included, as a share of its calls in the last ten seconds
 * @param budgetPerSecond repeated calls per second that are allowed besides
 * @param firstPause longest pause before the first repetition; each further one may be twice as long. A call that was refused, and so did not
 *     run, is sent again without a pause the first time.
 * @param longestPause no pause is longer
 */
public record RetryOptions(
        int retries, double budgetShare, double budgetPerSecond, Duration firstPause, Duration longestPause) {

    /** Two more attempts; a tenth of the calls and three a second; 10 ms to 250 ms. */
    public static final RetryOptions DEFAULT =
            new RetryOptions(2, 0.1, 3, Duration.ofMillis(10), Duration.ofMillis(250));

    public RetryOptions {
        if (retries < 0) {
            throw new IllegalArgumentException("retries: " + retries + " (expected: 0 or more)");
        }
        if (!(budgetShare >= 0 && budgetShare <= 1)) {
            throw new IllegalArgumentException("budgetShare: " + budgetShare + " (expected: 0 to 1)");
        }
        if (!(budgetPerSecond >= 0)) {
            throw new IllegalArgumentException("budgetPerSecond: " + budgetPerSecond + " (expected: 0 or more)");
        }
        if (firstPause.isZero() || firstPause.isNegative()) {
            throw new IllegalArgumentException("firstPause: " + firstPause + " (expected: more than zero)");
        }
        if (longestPause.compareTo(firstPause) < 0) {
            throw new IllegalArgumentException(
                    "longestPause: " + longestPause + " (expected: at least firstPause, " + firstPause + ")");
        }
    }
}
