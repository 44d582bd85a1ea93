package io.rpcboot.transport;

import io.netty.util.concurrent.FastThreadLocal;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that an event loop brings to a pool of workers in the course of one read. The pool is woken when all of them are there: a worker that
 * comes earlier takes the processor from the event loop, finds little to do, and has to be woken again. Confined to its thread.
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

    /** From here on the pool that the current thread brings tasks to is not woken, until the end. */
    static TaskBurst begin() {
        TaskBurst burst = OF_THREAD.get();
        burst.open = true;
        return burst;
    }

    /** Ends the burst of the current thread, if there is one: tasks brought from here on wake their pool at once. */
    static void endCurrent() {
        TaskBurst burst = OF_THREAD.getIfExists();
        if (burst != null) {
            burst.end();
        }
    }

    void end() {
        open = false;
        WorkerPool filled = pool;
        pool = null;
        if (filled != null) {
            filled.wake();
        }
    }

    /** Whether the pool is woken at the end of a burst of the current thread. One pool at a time is; others have to be woken at once. */
    static boolean wakesLater(WorkerPool filled) {
        TaskBurst burst = OF_THREAD.getIfExists();
        if (burst == null || !burst.open || burst.pool != null && burst.pool != filled) {
            return false;
        }
        burst.pool = filled;
        return true;
    }
}
