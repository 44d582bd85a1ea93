package io.rpcboot.client;

import com.google.protobuf.MessageLite;
import io.rpcboot.RpcCall;
import io.rpcboot.RpcException;
import io.rpcboot.RpcReply;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The future that an asynchronous call returns; cancelling it cancels the call. Hears itself of the end of the call and takes itself to the
 * thread on which it completes, so that a call needs no further objects for that.
 */
final class AsyncReply<R extends MessageLite> extends CompletableFuture<R>
        implements BiConsumer<@Nullable RpcReply, @Nullable Throwable>, Runnable {

    private final ClientCaller caller;
    private final RpcCall call;
    private final long startedAt;

    /** What the call ended with: the message, or an {@link RpcException}. */
    private @Nullable Object end;

    AsyncReply(ClientCaller caller, RpcCall call, long startedAt) {
        this.caller = caller;
        this.call = call;
        this.startedAt = startedAt;
    }

    /** The call has ended. */
    @Override
    public void accept(@Nullable RpcReply reply, @Nullable Throwable failure) {
        end = caller.end(call, startedAt, reply, failure);
        try {
            caller.callbacks().execute(this);
        } catch (RuntimeException | Error e) {
            // The executor takes nothing more, or has no thread; who waits must still learn the end.
            run();
        }
    }

    /** Completes. */
    @Override
    @SuppressWarnings("unchecked") // Parsed with the method's own parser.
    public void run() {
        if (end instanceof RpcException failure) {
            completeExceptionally(failure);
        } else {
            complete((R) end);
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        call.cancellation().cancel();
        return cancelled;
    }
}
