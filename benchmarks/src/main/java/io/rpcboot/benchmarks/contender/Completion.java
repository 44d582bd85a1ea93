package io.rpcboot.benchmarks.contender;

import org.jspecify.annotations.Nullable;

/** Hears of the end of one call. */
public interface Completion {

    /** Runs once, on whatever thread the framework answers on; the reply has been read. Null where the call succeeded. */
    void done(@Nullable Throwable failure);
}
