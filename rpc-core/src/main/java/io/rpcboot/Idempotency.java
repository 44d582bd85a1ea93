package io.rpcboot;

/** What the contract says of running a method more than once: the proto option {@code idempotency_level}. */
public enum Idempotency {
    /** Nothing is said: a call that may have run is not tried again. */
    UNKNOWN,
    /** The method only reads. */
    NO_SIDE_EFFECTS,
    /** Running the method again has the effect of running it once. */
    IDEMPOTENT;

    /** Whether a call that may have run may be tried again. */
    public boolean isSafeToRepeat() {
        return this != UNKNOWN;
    }
}
