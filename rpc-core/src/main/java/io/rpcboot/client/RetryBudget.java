package io.rpcboot.client;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Bounds the repeated calls of a service to a share of its calls and a few a second more, over the last ten seconds, so that repeating never
 * multiplies an overload (Google SRE, "Handling Overload"; Finagle's RetryBudget). Safe for use by many threads.
 */
final class RetryBudget {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int WINDOW_SECONDS = 10;

    private final double share;
    private final double perSecond;
    private final LongAdder calls = new LongAdder();
    private final AtomicLong lastTick;
    private final long[] callsBefore = new long[WINDOW_SECONDS];
    private final long[] retries = new long[WINDOW_SECONDS];
    private int slot;

    RetryBudget(RetryOptions options, long now) {
        share = options.budgetShare();
        perSecond = options.budgetPerSecond();
        lastTick = new AtomicLong(now);
    }

    /** A call was made, at this reading of {@link System#nanoTime()}. */
    void called(long now) {
        calls.increment();
        if (now - lastTick.get() >= SECOND) {
            advance(now);
        }
    }

    /** Whether one more repetition is within the budget; if so, it counts. */
    synchronized boolean take(long now) {
        advance(now);
        long used = 0;
        for (long inOneSecond : retries) {
            used += inOneSecond;
        }
        long recent = calls.sum() - callsBefore[(slot + 1) % WINDOW_SECONDS];
        if (used + 1 > recent * share + perSecond * WINDOW_SECONDS) {
            return false;
        }
        retries[slot]++;
        return true;
    }

    /** Moves on to the second that now lies in; each slot keeps how many calls there had been before it. */
    private synchronized void advance(long now) {
        long seconds = (now - lastTick.get()) / SECOND;
        for (long i = 0; i < Math.min(seconds, WINDOW_SECONDS); i++) {
            slot = (slot + 1) % WINDOW_SECONDS;
            callsBefore[slot] = calls.sum();
            retries[slot] = 0;
        }
        if (seconds > 0) {
            lastTick.addAndGet(seconds * SECOND);
        }
    }
}
