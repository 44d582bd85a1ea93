package io.rpcboot;

/** What is known of the method's execution when a call has failed. Decides whether the call may be tried again. */
public enum Outcome {
    /** Nothing is known: the request left, the answer did not come. */
    MAY_HAVE_RUN(0),
    /** The method was not started and will not be. Trying again is safe. */
    DID_NOT_RUN(1),
    /** The method ran and failed. */
    RAN(2);

    private final int number;

    Outcome(int number) {
        this.number = number;
    }

    /** The number on the wire. */
    public int number() {
        return number;
    }

    /** The outcome with this number; {@link #MAY_HAVE_RUN}, the cautious answer, for one that this version does not know. */
    public static Outcome of(int number) {
        return switch (number) {
            case 1 -> DID_NOT_RUN;
            case 2 -> RAN;
            default -> MAY_HAVE_RUN;
        };
    }
}
