package io.rpcboot.server;

import java.time.Duration;

/**
 * How a server that stops takes leave of its callers. Immutable.
 *
 * @param withdrawAtMost how long the stop waits for naming
 * @param quiet new calls are refused from when none has come for this long
 * @param longest and from this long after callers were asked to go
 */
public record DrainOptions(Duration withdrawAtMost, Duration quiet, Duration longest) {

    /** 2 s, 2 s, 5 s. */
    public static final DrainOptions DEFAULT =
            new DrainOptions(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(5));

    public DrainOptions {
        notNegative("withdrawAtMost", withdrawAtMost);
        notNegative("quiet", quiet);
        notNegative("longest", longest);
    }

    private static void notNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: zero or more)");
        }
    }
}
