package io.rpcboot.faults.load;

import java.time.Duration;

/**
 * What calls a load makes. Immutable.
 *
 * @param rate calls per second
 * @param idempotentShare how many of a hundred calls use the method that is marked safe
 * @param payloadBytes size of each request's payload
 * @param workMillis how long the handler works
 * @param timeout time each call is given
 * @param random whether the calls arrive at random (Poisson) instead of evenly
 */
public record LoadShape(
        int rate, int idempotentShare, int payloadBytes, int workMillis, Duration timeout, boolean random) {

    /** Calls of the method that may not run twice, small, with a second to end. */
    public static LoadShape plain(int rate) {
        return new LoadShape(rate, 0, 64, 0, Duration.ofSeconds(1), false);
    }

    /** As many calls of the safe method as of the other. */
    public static LoadShape mixed(int rate) {
        return plain(rate).withIdempotentShare(50);
    }

    public LoadShape withIdempotentShare(int percent) {
        return new LoadShape(rate, percent, payloadBytes, workMillis, timeout, random);
    }

    public LoadShape withPayloadBytes(int bytes) {
        return new LoadShape(rate, idempotentShare, bytes, workMillis, timeout, random);
    }

    public LoadShape withWorkMillis(int millis) {
        return new LoadShape(rate, idempotentShare, payloadBytes, millis, timeout, random);
    }

    public LoadShape withTimeout(Duration value) {
        return new LoadShape(rate, idempotentShare, payloadBytes, workMillis, value, random);
    }

    public LoadShape atRandom() {
        return new LoadShape(rate, idempotentShare, payloadBytes, workMillis, timeout, true);
    }
}
