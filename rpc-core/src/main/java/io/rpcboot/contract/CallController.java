package io.rpcboot.contract;

import com.google.protobuf.RpcCallback;
import com.google.protobuf.RpcController;
import io.rpcboot.CallOptions;
import io.rpcboot.Cancellation;
import io.rpcboot.RpcException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Watches over one call at a time of a stub on a {@link GenericChannel}: cancels it, and says how it ended. Once a call is over the
 * controller may be used for the next, which starts without the failure and the cancellation of the last; {@link #reset()} does that at once.
 * Safe for use by many threads.
 *
 * <p>The methods that protobuf gives to the server work for a service that is called directly, without a channel.
 */
public final class CallController implements RpcController {

    private final UnaryOperator<CallOptions> options;
    private Cancellation cancellation = new Cancellation();
    private Cancellation over = cancellation.nested();
    private @Nullable String underWay;
    private boolean ended;
    private @Nullable RpcException failure;

    /** A controller of calls without options. */
    public CallController() {
        this(UnaryOperator.identity());
    }

    /** A controller of calls with options: {@code new CallController(o -> o.timeout(Duration.ofMillis(300)))}. */
    public CallController(UnaryOperator<CallOptions> options) {
        this.options = options;
    }

    /**
     * The call begins: a caller for it.
     *
     * @throws IllegalStateException if another call is under way
     */
    synchronized Caller begin(Caller caller, String method) {
        if (underWay != null) {
            throw new IllegalStateException(
                    "the controller of a call of " + underWay + ", which is under way, is used for " + method
                            + " (expected: a controller of its own for each call at a time)");
        }
        if (ended) {
            clear();
        }
        failure = null;
        Caller ours = caller.with(options).cancelledWith(cancellation);
        underWay = method;
        return ours;
    }

    /** The call is over. */
    void end(@Nullable RpcException why) {
        Cancellation listeners;
        synchronized (this) {
            underWay = null;
            ended = true;
            failure = why == null ? failure : why;
            listeners = over;
        }
        listeners.cancel();
    }

    /**
     * Back to the state at the start, options included.
     *
     * @throws IllegalStateException if a call is under way
     */
    @Override
    public void reset() {
        Cancellation listeners;
        synchronized (this) {
            if (underWay != null) {
                throw new IllegalStateException("reset while a call of " + underWay + " is under way");
            }
            listeners = over;
            clear();
        }
        listeners.cancel();
    }

    private void clear() {
        cancellation = new Cancellation();
        over = cancellation.nested();
        ended = false;
        failure = null;
    }

    /** Whether the last call failed; false before it is over. */
    @Override
    public boolean failed() {
        return failure() != null;
    }

    /** The message of {@link #failure()}; empty if there is none. */
    @Override
    public String errorText() {
        RpcException why = failure();
        return why == null ? "" : String.valueOf(why.getMessage());
    }

    /** Why the last call failed, with its status and whether it ran; null if it did not fail or is not over. */
    public synchronized @Nullable RpcException failure() {
        return failure;
    }

    /**
     * Cancels the call, here and at the server; it ends as failed, with the status {@code CANCELLED}, unless its reply is there already. Before
     * the call it cancels the next one; after the call it does nothing.
     */
    @Override
    public void startCancel() {
        Cancellation now;
        synchronized (this) {
            if (ended) {
                return;
            }
            now = cancellation;
        }
        now.cancel();
    }

    @Override
    public synchronized void setFailed(String reason) {
        failure = GenericFailures.refusal(reason);
    }

    @Override
    public synchronized boolean isCanceled() {
        return cancellation.isCancelled();
    }

    /** Runs the callback once: when the call is cancelled, on the thread that does so, or else when it is over. */
    @Override
    public void notifyOnCancel(RpcCallback<Object> callback) {
        Cancellation listeners;
        synchronized (this) {
            listeners = over;
        }
        listeners.onCancel(() -> callback.run(null));
    }
}
