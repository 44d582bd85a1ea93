package io.rpcboot.spring.zookeeper;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One daemon thread that runs tasks in order; a task that fails is logged and hurts no later one. Safe for use by many threads. */
final class DaemonThread extends ScheduledThreadPoolExecutor {

    private static final Logger log = LoggerFactory.getLogger(DaemonThread.class);

    DaemonThread(String name) {
        super(1, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        setRemoveOnCancelPolicy(true);
        setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Runs the task after those already queued; forgets it if the thread has ended. */
    void queue(Runnable task) {
        queue(task, 0);
    }

    /** Runs the task after the delay in nanoseconds; forgets it if the thread has ended. */
    void queue(Runnable task, long delayNanos) {
        try {
            schedule(guarded(task), delayNanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            log.trace("The thread has ended, so a late task has nothing to do", e);
        }
    }

    /** Runs the task every so many nanoseconds until the thread ends. */
    void repeat(Runnable task, long nanos) {
        scheduleWithFixedDelay(guarded(task), nanos, nanos, TimeUnit.NANOSECONDS);
    }

    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                log.error("A task of the registry failed; the next ones run nevertheless", e);
            }
        };
    }
}
