package io.rpcboot.client;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Bounds the repeated calls of a service to a share of its calls and a few a second more, over the last ten seconds, so that repeating never
 * multiplies an overload (Google SRE, "Handling Overload"; Finagle's RetryBudget). Safe for use by many threads.
 */
final class RetryBudget {

    private static final int WINDOW_SECONDS = 10;
    private static final long SLOT_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    /** One more than the window has, since the present one has only begun: no window of ten seconds may see more than the budget. */
    private static final int SLOTS = (int) (TimeUnit.SECONDS.toNanos(WINDOW_SECONDS) / SLOT_NANOS) + 1;

    private final double share;
    private final double perSecond;
    private final LongAdder calls = new LongAdder();
    private final AtomicLong lastTick;
    private final long[] callsBefore = new long[SLOTS];
    private final long[] retries = new long[SLOTS];
    private int slot;

    RetryBudget(RetryOptions options, long now) {
        share = options.budgetShare();
        perSecond = options.budgetPerSecond();
        lastTick = new AtomicLong(now);
    }

    /** A call was made, at this reading of {@link System#nanoTime()}. */
    void called(long now) {
        calls.increment();
        if (now - lastTick.get() >= SLOT_NANOS) {
            advance(now);
        }
    }

    /** Whether one more repetition is within the budget; if so, it counts. */
    synchronized boolean take(long now) {
        advance(now);
        long used = 0;
        for (long perSlot : retries) {
            used += perSlot;
        }
        // Of the calls the oldest slot does not count: it has begun more than ten seconds ago.
        long recent = calls.sum() - callsBefore[(slot + 2) % SLOTS];
        if (used + 1 > recent * share + perSecond * WINDOW_SECONDS) {
            return false;
        }
        retries[slot]++;
        return true;
    }

    /** Moves on to the slot that now lies in; each keeps how many calls there had been before it. */
    private synchronized void advance(long now) {
        long slots = (now - lastTick.get()) / SLOT_NANOS;
        for (long i = 0; i < Math.min(slots, SLOTS); i++) {
            slot = (slot + 1) % SLOTS;
            callsBefore[slot] = calls.sum();
            retries[slot] = 0;
        }
        if (slots > 0) {
            lastTick.addAndGet(slots * SLOT_NANOS);
        }
    }
}
