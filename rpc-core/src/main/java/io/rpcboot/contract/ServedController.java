package io.rpcboot.contract;

import com.google.protobuf.RpcCallback;
import com.google.protobuf.RpcController;
import io.rpcboot.Cancellation;
import io.rpcboot.RpcException;
import org.jspecify.annotations.Nullable;

/** The controller that a generic service gets for one call. Safe for use by many threads. */
final class ServedController implements RpcController {

    private final Cancellation call;

    /** Runs each listener once: when the call is cancelled, or else when it is over. */
    private final Cancellation over = new Cancellation();

    private volatile @Nullable RpcException failure;

    /** How the last call ended that was made with this controller: shown as its failure, but not that of the call which is served. */
    private volatile @Nullable RpcException failureOfMadeCall;

    ServedController(Cancellation call) {
        this.call = call;
    }

    /** What the service said by {@link #setFailed}; null if it did not. */
    @Nullable
    RpcException failure() {
        return failure;
    }

    /** Why the last call failed that the service made with this controller; null if it did not. */
    @Nullable
    RpcException failureOfMadeCall() {
        return failureOfMadeCall;
    }

    /** A call that the service made with this controller has ended, well if the failure is null. */
    void madeCall(@Nullable RpcException why) {
        failureOfMadeCall = why;
    }

    /** The cancellation of the call that is served. */
    Cancellation call() {
        return call;
    }

    /** The method has ended. */
    void over() {
        over.cancel();
    }

    @Override
    public void setFailed(String reason) {
        failure = GenericFailures.refusal(reason);
    }

    @Override
    public boolean isCanceled() {
        return call.isCancelled();
    }

    @Override
    public void notifyOnCancel(RpcCallback<Object> callback) {
        over.onCancel(() -> callback.run(null));
        call.onCancel(over::cancel);
    }

    @Override
    public boolean failed() {
        return shown() != null;
    }

    @Override
    public String errorText() {
        RpcException told = shown();
        return told == null ? "" : told.description();
    }

    private @Nullable RpcException shown() {
        return failure == null ? failureOfMadeCall : failure;
    }

    @Override
    public void startCancel() {
        throw atTheCaller("startCancel");
    }

    @Override
    public void reset() {
        throw atTheCaller("reset");
    }

    private static UnsupportedOperationException atTheCaller(String method) {
        return new UnsupportedOperationException(
                method + " is for the caller; this is the controller of a call that is being served");
    }
}
