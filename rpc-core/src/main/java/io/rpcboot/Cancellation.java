package io.rpcboot;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once that nobody waits for a call any more: the caller gave up, its connection is gone, or the deadline passed. All copies of an
 * {@link RpcCall} share one. Safe for use by many threads.
 */
public final class Cancellation {

    private static final Logger log = LoggerFactory.getLogger(Cancellation.class);

    private static final AtomicReferenceFieldUpdater<Cancellation, Object> STATE =
            AtomicReferenceFieldUpdater.newUpdater(Cancellation.class, Object.class, "state");

    private static final Object CANCELLED = new Object();

    /** Null, one listener, a list of listeners (never changed once published), or {@link #CANCELLED}. */
    private volatile @Nullable Object state;

    /** Cancels and runs the listeners on this thread; what one throws is logged. Has no effect the second time. */
    public void cancel() {
        Object before = STATE.getAndSet(this, CANCELLED);
        if (before instanceof Runnable listener) {
            tell(listener);
        } else if (before instanceof List<?> listeners) {
            listeners.forEach(listener -> tell((Runnable) listener));
        }
    }

    private static void tell(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException | Error e) {
            log.error("A listener to the cancellation of a call failed", e);
        }
    }

    public boolean isCancelled() {
        return state == CANCELLED;
    }

    /**
     * Runs the listener when the call is cancelled; at once, on this thread, if it is already. At the server that may be on an event loop, so
     * the listener must not block.
     */
    public void onCancel(Runnable listener) {
        while (true) {
            Object before = state;
            if (before == CANCELLED) {
                listener.run();
                return;
            }
            if (STATE.compareAndSet(this, before, before == null ? listener : append(before, listener))) {
                return;
            }
        }
    }

    private static List<Runnable> append(Object before, Runnable listener) {
        List<Runnable> all = new ArrayList<>();
        if (before instanceof List<?> listeners) {
            listeners.forEach(one -> all.add((Runnable) one));
        } else {
            all.add((Runnable) before);
        }
        all.add(listener);
        return all;
    }
}
