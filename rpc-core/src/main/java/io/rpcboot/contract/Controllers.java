package io.rpcboot.contract;

import com.google.protobuf.RpcController;
import io.rpcboot.Cancellation;
import io.rpcboot.RpcException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ties the calls of a channel to their controllers, whoever made those. */
final class Controllers {

    private static final Logger log = LoggerFactory.getLogger(Controllers.class);

    private Controllers() {}

    /** A call begins: the caller to make it with. */
    static Caller begin(Caller caller, MethodContract<?, ?> method, @Nullable RpcController controller) {
        if (controller instanceof CallController own) {
            return own.begin(caller, method.fullName());
        }
        if (controller == null) {
            return caller;
        }
        Cancellation cancellation = new Cancellation();
        try {
            controller.notifyOnCancel(nothing -> cancellation.cancel());
        } catch (UnsupportedOperationException e) {
            // It cannot cancel, and protobuf allows it to say so; the call is made all the same.
            return caller;
        }
        return caller.cancelledWith(cancellation);
    }

    /** The call is over, well if the failure is null. Never throws: whoever waits for the call must still learn its end. */
    static void end(@Nullable RpcController controller, @Nullable RpcException failure) {
        if (controller instanceof CallController own) {
            own.end(failure);
        } else if (controller != null && failure != null) {
            setFailed(controller, failure);
        }
    }

    private static void setFailed(RpcController controller, RpcException failure) {
        try {
            controller.setFailed(failure.getMessage());
        } catch (RuntimeException | Error e) {
            log.error(
                    "{} failed at setFailed, told of {}", controller.getClass().getName(), failure.getMessage(), e);
        }
    }
}
