package io.rpcboot;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells all listeners of the end of a call, whatever one of them throws. */
record CallListeners(List<CallListener> listeners) implements CallListener {

    private static final Logger log = LoggerFactory.getLogger(CallListeners.class);

    @Override
    public void ended(RpcMethod method, RpcStatus status, long nanos) {
        for (int i = 0; i < listeners.size(); i++) {
            tell(listeners.get(i), method, status, nanos);
        }
    }

    private static void tell(CallListener listener, RpcMethod method, RpcStatus status, long nanos) {
        try {
            listener.ended(method, status, nanos);
        } catch (Throwable e) {
            // Checked ones too, which other languages throw undeclared: the call must end all the same.
            log.error("A listener to the end of calls failed after a call of {}", method.fullName(), e);
        }
    }
}
