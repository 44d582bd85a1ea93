package io.rpcboot.client;

import io.rpcboot.Deadline;
import io.rpcboot.RpcReply;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that block until a call ends. A call ends by itself at its deadline, unless an interceptor loses it or an event loop hangs; so whoever
 * waits for much longer is let go here. They are looked at together now and then, since a limit on each wait costs more: the operating system, or the
 * JDK for virtual threads, starts and cancels a timer for it. Safe for use by many threads.
 */
final class BlockedCallers {

    /** Calls that wait for so long beyond their deadline are lost. */
    static final long LOST_AFTER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final Logger log = LoggerFactory.getLogger(BlockedCallers.class);

    /** Whoever finds no place waits with a limit. */
    private static final int PLACES = 1024;

    private static final int PROBES = 16;

    /** Threads that were started one after the other are to have no neighbouring places, which share cache lines. */
    private static final int SPREAD = 0x9E3779B9;

    /** Threads, null where there is none, or a {@link Mark}. */
    private final AtomicReferenceArray<@Nullable Object> places;

    /** When the call of the thread in the same place is lost. */
    private final AtomicLongArray lostAt;

    private final Executor later;
    private final AtomicBoolean looking = new AtomicBoolean();

    BlockedCallers() {
        // The look is short and runs no code of others, so that the thread of the JDK's timers may do it.
        this(PLACES, CompletableFuture.delayedExecutor(LOST_AFTER_NANOS, TimeUnit.NANOSECONDS, Runnable::run));
    }

    /**
     * @param places a power of two
     * @param later runs a task some time later, not on an event loop
     */
    BlockedCallers(int places, Executor later) {
        this.places = new AtomicReferenceArray<>(places);
        this.lostAt = new AtomicLongArray(places);
        this.later = later;
    }

    /**
     * Waits for the reply. Does nothing to it, which may be somebody else's too.
     *
     * @throws TimeoutException if it has not come a second after the deadline, or two
     */
    RpcReply await(CompletableFuture<RpcReply> reply, Deadline deadline)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (reply.isDone()) {
            return reply.get();
        }
        long lost = deadline.nanoTime() + LOST_AFTER_NANOS;
        Thread self = Thread.currentThread();
        int place = take(self, lost);
        return place < 0 ? awaitUntil(lost, reply) : awaitIn(place, self, lost, reply);
    }

    private static RpcReply awaitUntil(long lost, CompletableFuture<RpcReply> reply)
            throws InterruptedException, ExecutionException, TimeoutException {
        return reply.get(lost - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private RpcReply awaitIn(int place, Thread self, long lost, CompletableFuture<RpcReply> reply)
            throws InterruptedException, ExecutionException, TimeoutException {
        RpcReply awaited;
        try {
            awaited = looksLater() ? reply.get() : awaitUntil(lost, reply);
        } catch (InterruptedException e) {
            if (leave(place, self)) {
                throw new TimeoutException("the call did not end by its deadline");
            }
            throw e;
        } catch (ExecutionException | TimeoutException | RuntimeException | Error e) {
            leave(place, self);
            throw e;
        }
        leave(place, self);
        return awaited;
    }

    private int take(Thread self, long lost) {
        int start = (int) self.getId() * SPREAD >>> 16;
        for (int i = 0; i < PROBES; i++) {
            int place = (start + i) & (places.length() - 1);
            if (places.get(place) == null && places.compareAndSet(place, null, Mark.TAKEN)) {
                lostAt.lazySet(place, lost);
                places.set(place, self);
                return place;
            }
        }
        return -1;
    }

    /** Gives the place up. True if the thread was let go. */
    private boolean leave(int place, Thread self) {
        while (!places.compareAndSet(place, self, null)) {
            if (places.get(place) == Mark.LET_GO) {
                // Meant for a wait that is over.
                Thread.interrupted();
                places.set(place, null);
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    /** Has somebody look after the lost calls; false if nobody can. */
    private boolean looksLater() {
        if (looking.get() || !looking.compareAndSet(false, true)) {
            return true;
        }
        try {
            later.execute(this::look);
            return true;
        } catch (RuntimeException | Error e) {
            looking.set(false);
            log.warn("Blocking callers wait with a limit each, since no timer could be started", e);
            return false;
        }
    }

    private void look() {
        // From here on whoever comes has the next look begin.
        looking.set(false);
        long now = System.nanoTime();
        boolean empty = true;
        for (int place = 0; place < places.length(); place++) {
            Object taken = places.get(place);
            if (taken instanceof Thread thread) {
                letGoIfLost(place, thread, now);
            }
            empty &= taken == null;
        }
        if (!empty) {
            looksLater();
        }
    }

    private void letGoIfLost(int place, Thread thread, long now) {
        if (now - lostAt.get(place) < 0 || !places.compareAndSet(place, thread, Mark.LETTING_GO)) {
            return;
        }
        // The thread may have come back with another call in between; now it cannot leave.
        boolean lost = now - lostAt.get(place) >= 0;
        if (lost) {
            thread.interrupt();
        }
        places.set(place, lost ? Mark.LET_GO : thread);
    }

    private enum Mark {
        /** By a thread that comes in a moment. */
        TAKEN,
        /** By a thread that is being interrupted, since its call is lost. */
        LETTING_GO,
        /** By a thread that has been interrupted for that. */
        LET_GO
    }
}
