package io.rpcboot.faults.net;

import java.time.Duration;

/**
 * What happens to the bytes of one direction. Immutable; a proxy is given another one to change it.
 *
 * @param delay how late each byte arrives
 * @param jitter how much later at most, at random
 * @param bytesPerSecond how much passes; 0 for all
 * @param stalled whether nothing passes, and nothing is lost
 * @param sliceBytes largest piece that is written at once; 0 for any
 * @param flipEveryBytes one bit is flipped in each this many bytes; 0 for none
 * @param cutAfterBytes the connection is reset after this many bytes; 0 for never
 */
public record LinkFaults(
        Duration delay,
        Duration jitter,
        int bytesPerSecond,
        boolean stalled,
        int sliceBytes,
        long flipEveryBytes,
        long cutAfterBytes) {

    public static final LinkFaults NONE = new LinkFaults(Duration.ZERO, Duration.ZERO, 0, false, 0, 0, 0);
    public static final LinkFaults STALL = new LinkFaults(Duration.ZERO, Duration.ZERO, 0, true, 0, 0, 0);

    public static LinkFaults delay(Duration delay, Duration jitter) {
        return new LinkFaults(delay, jitter, 0, false, 0, 0, 0);
    }

    public static LinkFaults rate(int bytesPerSecond) {
        return new LinkFaults(Duration.ZERO, Duration.ZERO, bytesPerSecond, false, 0, 0, 0);
    }

    public static LinkFaults slices(int bytes) {
        return new LinkFaults(Duration.ZERO, Duration.ZERO, 0, false, bytes, 0, 0);
    }

    public static LinkFaults flips(long everyBytes) {
        return new LinkFaults(Duration.ZERO, Duration.ZERO, 0, false, 0, everyBytes, 0);
    }

    public static LinkFaults cut(long afterBytes) {
        return new LinkFaults(Duration.ZERO, Duration.ZERO, 0, false, 0, 0, afterBytes);
    }
}
