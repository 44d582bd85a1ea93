package io.rpcboot.benchmarks.contender;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An operation of a framework that has a blocking call and one that returns a future.
 *
 * @param blocking makes a call and waits
 * @param asynchronous makes a call and returns
 * @param check reads the reply, and throws if it is not the right one
 */
public record FutureOperation<T>(Blocking<T> blocking, Asynchronous<T> asynchronous, Consumer<T> check)
        implements Operation {

    @Override
    public void call() throws Exception {
        check.accept(blocking.call());
    }

    @Override
    public void call(Completion completion) {
        CompletableFuture<T> result;
        try {
            result = asynchronous.call();
        } catch (RuntimeException e) {
            // Elsewhere, since the next call may fail at once too, and so on.
            ForkJoinPool.commonPool().execute(() -> completion.done(e));
            return;
        }
        result.whenComplete((reply, failure) -> completion.done(failure == null ? problemOf(reply) : failure));
    }

    private @Nullable Throwable problemOf(T reply) {
        try {
            check.accept(reply);
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    /** Makes a call and waits for the reply. */
    public interface Blocking<T> {
        T call() throws Exception;
    }

    /** Makes a call. */
    public interface Asynchronous<T> {
        CompletableFuture<T> call();
    }
}
