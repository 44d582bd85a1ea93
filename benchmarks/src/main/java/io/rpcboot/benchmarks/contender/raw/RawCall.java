package io.rpcboot.benchmarks.contender.raw;

import com.google.protobuf.ByteString;
import io.rpcboot.benchmarks.contender.Completion;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A call under way: somebody waits for it, or a completion does. */
final class RawCall {

    final byte operation;
    final ByteString payload;
    private final @Nullable Completion completion;
    private final @Nullable Thread waiting;
    private volatile boolean done;
    private @Nullable Throwable failure;

    /** Towards those that were added to the queue before. */
    @Nullable
    RawCall next;

    /** Of the current thread, which is going to wait, if there is no completion. */
    RawCall(byte operation, ByteString payload, @Nullable Completion completion) {
        this.operation = operation;
        this.payload = payload;
        this.completion = completion;
        this.waiting = completion == null ? Thread.currentThread() : null;
    }

    void end(@Nullable Throwable problem) {
        if (completion != null) {
            completion.done(problem);
        } else {
            failure = problem;
            done = true;
            LockSupport.unpark(waiting);
        }
    }

    void await() {
        while (!done) {
            LockSupport.park(this);
        }
        if (failure != null) {
            throw new IllegalStateException("the call failed", failure);
        }
    }
}
