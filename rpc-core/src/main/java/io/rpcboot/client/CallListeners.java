package io.rpcboot.client;

import io.rpcboot.RpcMethod;
import io.rpcboot.RpcStatus;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells all listeners of the end of a call. Immutable. */
final class CallListeners {

    private static final Logger log = LoggerFactory.getLogger(CallListeners.class);

    private final List<CallListener> listeners;

    CallListeners(List<CallListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    /** @param startedAt when the call was made, a reading of {@link System#nanoTime()} */
    void ended(RpcMethod method, RpcStatus status, long startedAt) {
        if (listeners.isEmpty()) {
            return;
        }
        long nanos = System.nanoTime() - startedAt;
        for (int i = 0; i < listeners.size(); i++) {
            tell(listeners.get(i), method, status, nanos);
        }
    }

    private static void tell(CallListener listener, RpcMethod method, RpcStatus status, long nanos) {
        try {
            listener.ended(method, status, nanos);
        } catch (RuntimeException | Error e) {
            log.error("A listener to the end of calls failed after a call of {}", method.fullName(), e);
        }
    }
}
