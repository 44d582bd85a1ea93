package io.rpcboot.transport;

import io.netty.util.concurrent.FastThreadLocal;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that an event loop brings to a pool of workers what one read brought. The pool is woken when all of them are there: a
 * worker that comes earlier takes the processor from the event loop, finds little to do, and has to be woken again. Confined to its event loop.
 */
final class TaskBurst {

    private static final FastThreadLocal<TaskBurst> OF_THREAD = new FastThreadLocal<>() {
        @Override
        protected TaskBurst initialValue() {
            return new TaskBurst();
        }
    };

    private boolean open;
    private @Nullable WorkerPool pool;

    /** From here on the pool that the current thread brings tasks to is not woken, until the {@link #end()}. */
    static void begin() {
        OF_THREAD.get().open = true;
    }

    static void end() {
        TaskBurst burst = OF_THREAD.get();
        burst.open = false;
        WorkerPool filled = burst.pool;
        burst.pool = null;
        if (filled != null) {
            filled.wake();
        }
    }

    /** Whether the pool will be woken at the end of a burst of the current thread. One pool at a time is: others have to be woken at once. */
    static boolean wakesLater(WorkerPool filled) {
        TaskBurst burst = OF_THREAD.getIfExists();
        if (burst == null || !burst.open || burst.pool != null && burst.pool != filled) {
            return false;
        }
        burst.pool = filled;
        return true;
    }
}
