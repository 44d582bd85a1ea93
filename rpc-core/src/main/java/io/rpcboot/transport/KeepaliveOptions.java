package io.rpcboot.transport;

import java.time.Duration;

/**
 * How a client judges from silence alone whether the peer of a connection lives. Silence counts from the last byte that came. Immutable.
 *
 * @param pingAfter with calls waiting: asks after this long
 * @param suspectAfter with calls waiting: new calls, and those that are safe to repeat, go elsewhere after this long; a pause of the peer's
 *     garbage collector must fit in
 * @param closeAfter with calls waiting, or after an idle connection was asked: closes the connection
 * @param idlePingAfter without calls: asks after this long; in any case asks this long after the last question, so that a server hears from it
 */
public record KeepaliveOptions(Duration pingAfter, Duration suspectAfter, Duration closeAfter, Duration idlePingAfter) {

    /** 300 ms, 700 ms, 3 s; 10 s. */
    public static final KeepaliveOptions DEFAULT = new KeepaliveOptions(
            Duration.ofMillis(300), Duration.ofMillis(700), Duration.ofSeconds(3), Duration.ofSeconds(10));

    public KeepaliveOptions {
        if (pingAfter.isZero() || pingAfter.isNegative()) {
            throw new IllegalArgumentException("pingAfter: " + pingAfter + " (expected: more than zero)");
        }
        inOrder("suspectAfter", suspectAfter, "pingAfter", pingAfter);
        inOrder("closeAfter", closeAfter, "suspectAfter", suspectAfter);
        inOrder("idlePingAfter", idlePingAfter, "pingAfter", pingAfter);
    }

    private static void inOrder(String name, Duration value, String lesserName, Duration lesser) {
        if (value.compareTo(lesser) < 0) {
            throw new IllegalArgumentException(
                    name + ": " + value + " (expected: at least " + lesserName + ", " + lesser + ")");
        }
    }
}
