package io.rpcboot.spring.zookeeper;

import java.time.Duration;

/** Runs a task at once, and while it is asked for again and again, only every so often. For use on the thread it is given. */
final class Throttle {

    private final DaemonThread thread;
    private final long gapNanos;
    private final Runnable task;
    private long lastRunNanos;
    private boolean scheduled;

    Throttle(DaemonThread thread, Duration gap, Runnable task) {
        this.thread = thread;
        this.gapNanos = gap.toNanos();
        this.task = task;
        this.lastRunNanos = System.nanoTime() - gapNanos;
    }

    void request() {
        if (scheduled) {
            return;
        }
        long wait = lastRunNanos + gapNanos - System.nanoTime();
        if (wait <= 0) {
            run();
        } else {
            scheduled = true;
            thread.queue(this::run, wait);
        }
    }

    private void run() {
        scheduled = false;
        lastRunNanos = System.nanoTime();
        task.run();
    }
}
