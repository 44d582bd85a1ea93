package io.rpcboot.spring.zookeeper;

import org.jspecify.annotations.Nullable;

/**
 * Lets work that blocks be broken off when waiting has become pointless: Curator would go on trying for longer than a session lives. Safe for
 * use by many threads; the work runs on one of them.
 */
final class BlockingWork {

    private @Nullable Thread worker;

    /**
     * Does the work on the calling thread.
     *
     * @throws InterruptedException if it was broken off
     * @throws Exception what the task throws
     */
    void run(Task task) throws Exception {
        begins(Thread.currentThread());
        try {
            task.run();
        } finally {
            ends();
        }
    }

    /** Interrupts the work that is running; if there is none, nothing happens. */
    synchronized void breakOff() {
        if (worker != null) {
            worker.interrupt();
        }
    }

    private synchronized void begins(Thread thread) {
        worker = thread;
    }

    private synchronized void ends() {
        worker = null;
        // An interrupt that came too late must not hit the next work.
        Thread.interrupted();
    }

    /** Work that blocks on the network. */
    interface Task {
        void run() throws Exception;
    }
}
