package io.rpcboot.server;

import java.time.Duration;

/**
 * When a server refuses calls because they wait too long for a worker. Immutable.
 *
 * @param target waiting time that is acceptable for good; under overload calls that would wait longer are refused
 * @param interval how long waits must be above the target before that is overload and not a burst; refused callers are told to wait as long
 */
public record AdmissionOptions(Duration target, Duration interval) {

    public static final AdmissionOptions DEFAULT = new AdmissionOptions(Duration.ofMillis(20), Duration.ofMillis(100));

    public AdmissionOptions {
        if (target.isZero() || target.isNegative()) {
            throw new IllegalArgumentException("target: " + target + " (expected: more than zero)");
        }
        if (interval.compareTo(target) < 0) {
            throw new IllegalArgumentException(
                    "interval: " + interval + " (expected: at least the target, " + target + ")");
        }
    }
}
