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
public sealed class Cancellation permits NestedCancellation {

    private static final Logger log = LoggerFactory.getLogger(Cancellation.class);

    private static final AtomicReferenceFieldUpdater<Cancellation, Object> STATE =
            AtomicReferenceFieldUpdater.newUpdater(Cancellation.class, Object.class, "state");

    private static final Object CANCELLED = new Object();

    /** Null, one listener, a list of listeners (never changed once published), or {@link #CANCELLED}. */
    private volatile @Nullable Object state;

    /** The cancellation of a part of the work: it is cancelled with this one, and may be cancelled by itself. {@link #end()} it after use. */
    public Cancellation nested() {
        NestedCancellation nested = new NestedCancellation(this);
        onCancel(nested);
        return nested;
    }

    /** The work is over: what it was a part of need not tell it of a cancellation any more. */
    public void end() {}

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

    /** Tells the listener nothing from now on, if it is known. */
    void forget(Runnable listener) {
        while (true) {
            Object before = state;
            Object after = without(before, listener);
            if (before == after || STATE.compareAndSet(this, before, after)) {
                return;
            }
        }
    }

    private static @Nullable Object without(@Nullable Object before, Runnable listener) {
        if (before == listener) {
            return null;
        }
        if (!(before instanceof List<?> listeners) || !listeners.contains(listener)) {
            return before;
        }
        List<Object> others = new ArrayList<>(listeners);
        others.remove(listener);
        return others.size() == 1 ? others.get(0) : others;
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
