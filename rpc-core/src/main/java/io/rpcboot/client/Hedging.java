package io.rpcboot.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a call that is not answered yet is sent a second time, to another endpoint; the first answer counts and the other attempt is cancelled
 * (J. Dean, L. A. Barroso, "The Tail at Scale", CACM 56(2), 2013). For methods whose contract marks them safe to repeat. Immutable.
 *
 * @param delay how long to wait for the first answer; null for the time in which 95 % of the method's calls were answered of late
 */
public record Hedging(@Nullable Duration delay) {

    /** After the time in which 95 % of the method's calls were answered of late. */
    public static final Hedging AFTER_USUAL_TIME = new Hedging(null);

    public Hedging {
        if (delay != null && (delay.isZero() || delay.isNegative())) {
            throw new IllegalArgumentException("delay: " + delay + " (expected: more than zero)");
        }
    }
}
