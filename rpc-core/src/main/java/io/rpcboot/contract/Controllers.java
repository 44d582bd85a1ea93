package io.rpcboot.contract;

import com.google.protobuf.RpcController;
import io.rpcboot.Cancellation;
import io.rpcboot.RpcException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ties the calls of a channel to their controllers, whoever made those. */
final class Controllers {

    private static final Logger log = LoggerFactory.getLogger(Controllers.class);

    private Controllers() {}

    /** A call begins. Its end never throws: whoever waits for the call must still learn how it ended. */
    static WatchedCall begin(Caller caller, MethodContract<?, ?> method, @Nullable RpcController controller) {
        if (controller == null) {
            return new WatchedCall(caller, failure -> {});
        }
        if (controller instanceof CallController own) {
            return new WatchedCall(own.begin(caller, method.fullName()), own::end);
        }
        return controller instanceof ServedController served ? nested(caller, served) : foreign(caller, controller);
    }

    /** A call made while another is served, and watched over by that one's controller: it is cancelled with it, but outlives its end. */
    private static WatchedCall nested(Caller caller, ServedController served) {
        Cancellation part = served.call().nested();
        return new WatchedCall(caller.cancelledWith(part), failure -> {
            part.end();
            served.madeCall(failure);
        });
    }

    private static WatchedCall foreign(Caller caller, RpcController controller) {
        // Emptied at the end, since such a controller may keep its callbacks for ever.
        Cancellation cancellation = new Cancellation();
        AtomicReference<@Nullable Cancellation> underWay = new AtomicReference<>(cancellation);
        Consumer<@Nullable RpcException> end = failure -> {
            underWay.set(null);
            if (failure != null) {
                setFailed(controller, failure);
            }
        };
        try {
            controller.notifyOnCancel(nothing -> cancel(underWay.get()));
        } catch (UnsupportedOperationException e) {
            // It cannot cancel, and protobuf allows it to say so; the call is made all the same.
            return new WatchedCall(caller, end);
        }
        return new WatchedCall(caller.cancelledWith(cancellation), end);
    }

    private static void cancel(@Nullable Cancellation cancellation) {
        if (cancellation != null) {
            cancellation.cancel();
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
