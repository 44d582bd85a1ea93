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

    ServedController(Cancellation call) {
        this.call = call;
    }

    /** What the service said by {@link #setFailed}; null if it did not. */
    @Nullable
    RpcException failure() {
        return failure;
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
        return failure != null;
    }

    @Override
    public String errorText() {
        RpcException told = failure;
        return told == null ? "" : told.description();
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
