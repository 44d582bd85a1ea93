package io.rpcboot.spring.actuate;

import java.util.concurrent.CompletionException;

/** Failures as futures deliver them. */
final class Failures {

    private Failures() {}

    /** What failed, without the wrapping of futures that depend on the failed one. */
    static Throwable unwrap(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
