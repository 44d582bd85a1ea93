package io.rpcboot.transport;

/**
 * How often one caller may do what costs a server more than the caller. Beyond it the server closes the connection. All are counted over 10 s,
 * so that a burst after a pause of either side is no abuse. Immutable.
 *
 * @param pingsPerSecond PINGs in a second
 * @param cancels calls in 10 s that are cancelled early and unfinished, beyond those that are answered
 * @param unknownMethods calls in 10 s of methods that do not exist, beyond those of methods that do
 */
public record AbuseLimits(int pingsPerSecond, int cancels, int unknownMethods) {

    public static final AbuseLimits DEFAULT = new AbuseLimits(20, 200, 100);

    public AbuseLimits {
        check("pingsPerSecond", pingsPerSecond);
        check("cancels", cancels);
        check("unknownMethods", unknownMethods);
    }

    private static void check(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1 or more)");
        }
    }
}
