package io.rpcboot.balance;

import java.time.Duration;

/**
 * When {@link Ejection} leaves an endpoint out, and for how long. Immutable.
 *
 * @param enabled whether any is left out at all
 * @param consecutiveFailures so many failures in a row
 * @param successRate or a smaller share of successes than this, 0 to 1, in the last ten seconds
 * @param minimumCalls for which there must be so many calls
 * @param refusing or nothing but refusals for so long
 * @param firstTime for how long the first time; doubled each time the probe fails
 * @param longestTime no time is longer, give or take a tenth
 * @param panicThreshold while a smaller share of the endpoints, 0 to 1, would be left, all are used
 */
public record EjectionOptions(
        boolean enabled,
        int consecutiveFailures,
        double successRate,
        int minimumCalls,
        Duration refusing,
        Duration firstTime,
        Duration longestTime,
        double panicThreshold) {

    /** 5 failures, 80 % of at least 20 calls, 1 s of refusals; 1 s to 30 s; half of the endpoints. */
    public static final EjectionOptions DEFAULT = new EjectionOptions(
            true, 5, 0.8, 20, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(30), 0.5);

    public EjectionOptions {
        atLeastOne("consecutiveFailures", consecutiveFailures);
        atLeastOne("minimumCalls", minimumCalls);
        share("successRate", successRate);
        share("panicThreshold", panicThreshold);
        positive("refusing", refusing);
        positive("firstTime", firstTime);
        if (longestTime.compareTo(firstTime) < 0) {
            throw new IllegalArgumentException(
                    "longestTime: " + longestTime + " (expected: at least firstTime, " + firstTime + ")");
        }
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1 or more)");
        }
    }

    private static void share(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 0 to 1)");
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: more than zero)");
        }
    }
}
