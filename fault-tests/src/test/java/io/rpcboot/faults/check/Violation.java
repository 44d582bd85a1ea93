package io.rpcboot.faults.check;

/**
 * A promise that a history breaks. Immutable.
 *
 * @param invariant its number, {@code I1} for instance
 * @param what the call and what was wrong
 */
public record Violation(String invariant, String what) {

    @Override
    public String toString() {
        return invariant + ": " + what;
    }
}
