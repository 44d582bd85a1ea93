package io.rpcboot.faults.peer;

import io.rpcboot.faults.proto.ActRequest;
import io.rpcboot.faults.proto.ActResponse;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The ways in which a handler fails by no fault of the framework. Safe for use by many threads. */
final class FailingActs {

    private FailingActs() {}

    /** Fails as the request wants it; returns, with null, only where that is the failure. */
    static @Nullable ActResponse fail(ActRequest request) {
        return switch (request.getFailure()) {
            case STACK_OVERFLOW -> throw new IllegalStateException("a stack without end: " + depth(0));
            case OUT_OF_MEMORY -> throw new OutOfMemoryError("simulated");
            case NO_CLASS_DEFINITION -> throw new NoClassDefFoundError("simulated/Missing");
            case NULL_RETURNED -> null;
            case NEVER_RETURNS -> neverReturn();
            case FAILURE_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException("failure: " + request.getFailure() + " (expected: a known one)");
        };
    }

    @SuppressWarnings("InfiniteRecursion") // As wanted.
    private static long depth(long above) {
        return 1 + depth(above + 1);
    }

    /** Holds the thread for good, whatever becomes of the call. */
    @SuppressWarnings("InfiniteLoopStatement") // As wanted.
    static <T> T neverReturn() {
        while (true) {
            LockSupport.park(FailingActs.class);
            // An interrupted thread would not wait.
            Thread.interrupted();
        }
    }
}
