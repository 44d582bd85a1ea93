package io.rpcboot.client;

import com.google.protobuf.MessageLite;
import io.rpcboot.RpcCall;
import io.rpcboot.RpcReply;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The future that an asynchronous call returns; cancelling it cancels the call. Hears itself of the end of the call and takes itself to the
 * thread on which it completes, so that a call needs no further objects for that.
 */
final class AsyncReply<R extends MessageLite> extends CompletableFuture<R>
        implements BiConsumer<@Nullable RpcReply, @Nullable Throwable>, Runnable {

    private final RpcCall call;
    private final Duration timeout;
    private final Executor callbacks;
    private @Nullable RpcReply reply;
    private @Nullable Throwable failure;

    AsyncReply(RpcCall call, Duration timeout, Executor callbacks) {
        this.call = call;
        this.timeout = timeout;
        this.callbacks = callbacks;
    }

    /** The call has ended. */
    @Override
    public void accept(@Nullable RpcReply good, @Nullable Throwable bad) {
        call.cancellation().end();
        reply = good;
        failure = bad;
        try {
            callbacks.execute(this);
        } catch (RuntimeException | Error e) {
            // The executor takes nothing more, or has no thread; who waits must still learn the end.
            run();
        }
    }

    /** Completes. */
    @Override
    public void run() {
        if (reply != null && reply.messageOrNull() != null) {
            complete(ClientCaller.message(reply));
        } else {
            Throwable cause = failure == null
                    ? new IllegalStateException("an interceptor completed the call without a reply")
                    : failure;
            completeExceptionally(CallFailures.of(cause, call, timeout));
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        call.cancellation().cancel();
        return cancelled;
    }
}
