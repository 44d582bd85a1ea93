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

/**
 * Those who block until a call ends. A call ends by itself at its deadline, unless an interceptor loses it or an event loop hangs; so whoever waits
 * for much longer is let go here. They are looked at together now and then, since a limit on each wait costs more: the operating system, or the JDK
 * for virtual threads, starts and cancels a timer for it. Safe for use by many threads.
 */
final class BlockedCallers {

    /** Calls that wait for so long beyond their deadline are lost. */
    static final long LOST_AFTER_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Whoever finds no place waits with a limit. */
    private static final int PLACES = 1024;

    private static final int PROBES = 16;

    /** Threads that were started one after the other are to have no neighbouring places, which share cache lines. */
    private static final int SPREAD = 0x9E3779B9;

    private static final CompletableFuture<RpcReply> TAKEN = new CompletableFuture<>();

    private final AtomicReferenceArray<@Nullable CompletableFuture<RpcReply>> replies;

    /** Of the reply in the same place; written while that is {@link #TAKEN}. */
    private final AtomicLongArray lostAt;

    private final Executor later;
    private final AtomicBoolean looking = new AtomicBoolean();

    BlockedCallers() {
        this(PLACES, CompletableFuture.delayedExecutor(LOST_AFTER_NANOS, TimeUnit.NANOSECONDS));
    }

    /**
     * @param places a power of two
     * @param later runs a task some time later, not on an event loop
     */
    BlockedCallers(int places, Executor later) {
        this.replies = new AtomicReferenceArray<>(places);
        this.lostAt = new AtomicLongArray(places);
        this.later = later;
    }

    /**
     * Waits for the reply.
     *
     * @throws TimeoutException if it has not come a second after the deadline, or two
     */
    RpcReply await(CompletableFuture<RpcReply> reply, Deadline deadline)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (reply.isDone()) {
            return reply.get();
        }
        long lost = deadline.nanoTime() + LOST_AFTER_NANOS;
        int place = take();
        if (place < 0) {
            return reply.get(lost - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
        lostAt.lazySet(place, lost);
        replies.set(place, reply);
        try {
            lookLater();
            return reply.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LostException lostException) {
                throw lostException;
            }
            throw e;
        } finally {
            replies.set(place, null);
        }
    }

    private int take() {
        int start = (int) Thread.currentThread().getId() * SPREAD >>> 16;
        for (int i = 0; i < PROBES; i++) {
            int place = (start + i) & (replies.length() - 1);
            if (replies.get(place) == null && replies.compareAndSet(place, null, TAKEN)) {
                return place;
            }
        }
        return -1;
    }

    private void lookLater() {
        if (!looking.get() && looking.compareAndSet(false, true)) {
            boolean begun = false;
            try {
                later.execute(this::look);
                begun = true;
            } finally {
                if (!begun) {
                    looking.set(false);
                }
            }
        }
    }

    private void look() {
        // From here on whoever comes has the next look begin.
        looking.set(false);
        long now = System.nanoTime();
        boolean empty = true;
        for (int place = 0; place < replies.length(); place++) {
            CompletableFuture<RpcReply> reply = replies.get(place);
            if (reply != null) {
                empty = false;
                long lost = lostAt.get(place);
                // The same reply still, so the time is its own.
                if (reply != TAKEN && now - lost >= 0 && replies.get(place) == reply) {
                    reply.completeExceptionally(new LostException());
                }
            }
        }
        if (!empty) {
            lookLater();
        }
    }

    private static final class LostException extends TimeoutException {

        private static final long serialVersionUID = 1;

        LostException() {
            super("the call did not end by its deadline");
        }
    }
}
