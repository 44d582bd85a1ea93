package io.rpcboot;

/** The cancellation of a part of some work. Safe for use by many threads. */
final class NestedCancellation extends Cancellation implements Runnable {

    private final Cancellation outer;

    NestedCancellation(Cancellation outer) {
        this.outer = outer;
    }

    /** The whole work is cancelled. */
    @Override
    public void run() {
        cancel();
    }

    @Override
    public void end() {
        outer.forget(this);
    }
}
