package io.rpcboot.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Many threads that may block, for tasks that mostly do not. Whoever brings a burst of tasks wakes one thread, which wakes the next one while there
 * are more, and then takes tasks until there are none; so short tasks are done by few threads, and a task that blocks holds up no other one.
 * The thread that went idle last is woken first. Safe for use by many threads; no caller ever waits for a worker.
 */
final class WorkerPool extends AbstractExecutorService {

    private static final Logger log = LoggerFactory.getLogger(WorkerPool.class);

    private enum State {
        RUNNING,
        /** Takes no more tasks. */
        SHUT_DOWN,
        /** Begins no more tasks. */
        STOPPED
    }

    private final int maxThreads;
    private final @Nullable Duration longestRest;
    private final ThreadFactory factory;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable Idle> idle = new AtomicReference<>();

    /** A thread was woken, or started, and has not come yet; it will look at all tasks. */
    private final AtomicBoolean waking = new AtomicBoolean();

    private final AtomicInteger threads = new AtomicInteger();
    private final Set<Thread> working = ConcurrentHashMap.newKeySet();
    private final CountDownLatch terminated = new CountDownLatch(1);
    private volatile State state = State.RUNNING;

    /**
     * @param longestRest time without work after which a thread ends; null for none
     */
    WorkerPool(int maxThreads, @Nullable Duration longestRest, ThreadFactory factory) {
        this.maxThreads = maxThreads;
        this.longestRest = longestRest;
        this.factory = factory;
    }

    int maxThreads() {
        return maxThreads;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(Objects.requireNonNull(task));
        if (state != State.RUNNING && tasks.remove(task)) {
            throw new RejectedExecutionException("the worker threads are shut down");
        }
        // Without any thread, whoever brings the task must learn that none can be started.
        if (threads.get() > 0 && TaskBurst.wakesLater(this)) {
            return;
        }
        try {
            wakeOne();
        } catch (RuntimeException | Error e) {
            if (threads.get() == 0 && tasks.remove(task)) {
                throw e;
            }
            othersWill(e);
        }
    }

    /** No thread could be started, but there are some; one that came to rest meanwhile may have relied on us. */
    private void othersWill(Throwable failure) {
        log.warn("No further worker thread could be started; {} do the work", threads, failure);
        wakeIdle();
    }

    /** Has a thread look after the tasks, if there are any. */
    void wake() {
        if (!tasks.isEmpty()) {
            wakeNext();
        }
    }

    private void wakeOne() {
        while (!waking.get() && waking.compareAndSet(false, true)) {
            boolean woken = false;
            try {
                woken = wakeIdle() || startThread();
            } finally {
                if (!woken) {
                    // All are at work, and look for more before they rest.
                    waking.set(false);
                }
            }
            // One that came to rest meanwhile left it to us.
            if (woken || idle.get() == null || tasks.isEmpty()) {
                return;
            }
        }
    }

    private boolean wakeIdle() {
        for (Idle newest; (newest = idle.get()) != null; ) {
            if (idle.compareAndSet(newest, newest.below) && newest.leave(Fate.WOKEN)) {
                LockSupport.unpark(newest.thread);
                return true;
            }
        }
        return false;
    }

    private boolean startThread() {
        int now;
        do {
            now = threads.get();
            if (now >= maxThreads) {
                return false;
            }
        } while (!threads.compareAndSet(now, now + 1));
        boolean started = false;
        try {
            factory.newThread(this::work).start();
            started = true;
        } finally {
            if (!started) {
                ended();
            }
        }
        return true;
    }

    private void work() {
        Thread self = Thread.currentThread();
        try {
            waking.set(false);
            working.add(self);
            do {
                runAll(self);
            } while (awaitTasks(self));
        } finally {
            working.remove(self);
            ended();
        }
    }

    private void ended() {
        threads.decrementAndGet();
        // Whoever brought a task a moment ago may have counted on this thread.
        if (state != State.STOPPED && !tasks.isEmpty()) {
            wakeNext();
        }
        if (state != State.RUNNING && threads.get() == 0) {
            terminated.countDown();
        }
    }

    private void runAll(Thread self) {
        for (Runnable task; state != State.STOPPED && (task = tasks.poll()) != null; ) {
            if (!tasks.isEmpty()) {
                wakeNext();
            }
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                self.getUncaughtExceptionHandler().uncaughtException(self, e);
            }
            if (state != State.STOPPED) {
                // Left by the task; the next one has nothing to do with it.
                Thread.interrupted();
            }
        }
    }

    /** Whatever comes of it, the task at hand is done. */
    private void wakeNext() {
        try {
            wakeOne();
        } catch (RuntimeException | Error e) {
            othersWill(e);
        }
    }

    /** Returns true when there may be tasks again, false if this thread is to end. */
    private boolean awaitTasks(Thread self) {
        Idle here = new Idle(self);
        push(here);
        // What came before this thread could be seen as idle.
        if (!tasks.isEmpty()) {
            wakeNext();
        }
        long since = System.nanoTime();
        while (!here.isWoken()) {
            long left = restLeft(since);
            boolean over = left <= 0 || state != State.RUNNING;
            if (over && here.leave(Fate.GONE)) {
                return state != State.STOPPED && !tasks.isEmpty();
            }
            if (!over) {
                rest(left);
                Thread.interrupted();
            }
        }
        waking.set(false);
        return true;
    }

    private long restLeft(long since) {
        return longestRest == null ? Long.MAX_VALUE : longestRest.toNanos() - (System.nanoTime() - since);
    }

    private void rest(long nanos) {
        if (longestRest == null) {
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(this, nanos);
        }
    }

    private void push(Idle here) {
        Idle newest;
        do {
            newest = idle.get();
            here.below = newest;
        } while (!idle.compareAndSet(newest, here));
    }

    @Override
    public void shutdown() {
        if (state == State.RUNNING) {
            state = State.SHUT_DOWN;
        }
        dismissIdle();
    }

    @Override
    public List<Runnable> shutdownNow() {
        state = State.STOPPED;
        working.forEach(Thread::interrupt);
        dismissIdle();
        List<Runnable> left = new ArrayList<>();
        for (Runnable task; (task = tasks.poll()) != null; ) {
            left.add(task);
        }
        return left;
    }

    private void dismissIdle() {
        while (wakeIdle()) {
            // Each sees the state and ends.
        }
        if (threads.get() == 0) {
            terminated.countDown();
        }
    }

    @Override
    public boolean isShutdown() {
        return state != State.RUNNING;
    }

    @Override
    public boolean isTerminated() {
        return terminated.getCount() == 0;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return terminated.await(timeout, unit);
    }

    @Override
    public String toString() {
        return "WorkerPool(" + threads + " of " + maxThreads + " threads, " + state + ')';
    }

    /** A thread that waits for tasks. Left in the stack when it ends by itself, and passed over then. */
    private static final class Idle {

        private static final AtomicReferenceFieldUpdater<Idle, Fate> FATE =
                AtomicReferenceFieldUpdater.newUpdater(Idle.class, Fate.class, "fate");

        private final Thread thread;
        private volatile Fate fate = Fate.OPEN;
        private @Nullable Idle below;

        Idle(Thread thread) {
            this.thread = thread;
        }

        /** Whether it waited until now. */
        boolean leave(Fate how) {
            return FATE.compareAndSet(this, Fate.OPEN, how);
        }

        boolean isWoken() {
            return fate == Fate.WOKEN;
        }
    }

    private enum Fate {
        OPEN,
        WOKEN,
        GONE
    }
}
