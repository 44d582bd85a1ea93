package io.rpcboot.client;

import io.rpcboot.Cancellation;
import java.util.concurrent.CompletableFuture;

/** The future that an asynchronous call returns; cancelling it cancels the call. */
final class AsyncReply<R> extends CompletableFuture<R> {

    private final Cancellation cancellation;

    AsyncReply(Cancellation cancellation) {
        this.cancellation = cancellation;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        cancellation.cancel();
        return cancelled;
    }
}
