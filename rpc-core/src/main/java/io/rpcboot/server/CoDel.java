package io.rpcboot.server;

/**
 * Decides which calls to refuse, by the time they wait in a queue: Controlled Delay (K. Nichols, V. Jacobson, "Controlling Queue Delay", ACM
 * Queue 10(5), 2012; RFC 8289) in its variant for servers (B. Maurer, "Fail at Scale", ACM Queue 13(8), 2015). A queue is overloaded when it
 * has not been empty and every wait was above the target for a whole interval; bursts pass. Then the oldest are refused until the rest can be
 * taken in time, and from there on whoever is going to wait longer than the target is refused on arrival, until a worker finds the queue empty.
 * That may be chance: for a while after it arrivals are still refused by the wait that they would have, and waits above the target need last no
 * longer than the target to be overload again, as RFC 8289 drops again at once where it dropped a short while ago.
 *
 * <p>Knows no clock: times are readings of {@link System#nanoTime()} of the caller's. Safe for use by many threads, without a lock: a race
 * moves a decision by one call.
 */
final class CoDel {

    private static final int SMOOTHING = 8;

    /** Intervals after an overload in which another one is no surprise. */
    private static final int SOON = 16;

    private final long targetNanos;
    private final long intervalNanos;

    private volatile boolean overloaded;
    private volatile boolean above;
    private volatile long aboveSince;
    private volatile long lastTaken;
    private volatile boolean overloadedBefore;
    private volatile long overloadedAt;

    /** Time from one call's taking to the next one's, learned while waits are long. */
    private volatile long pace;

    CoDel(long targetNanos, long intervalNanos) {
        this.targetNanos = targetNanos;
        this.intervalNanos = intervalNanos;
    }

    /**
     * Whether a call that arrives is refused.
     *
     * @param ahead calls in the queue
     * @param oldestWaits time that the oldest of them has waited so far; 0 if there is none
     * @param noneFree whether all workers that could take the call are held
     */
    boolean refusesArrival(int ahead, long oldestWaits, boolean noneFree, long now) {
        if (noneFree && oldestWaits > targetNanos) {
            aboveTarget(now);
        }
        if (!overloaded && !isSoonAfterOverload(now)) {
            return false;
        }
        // Where all workers hang nothing is taken, so that waits alone would say nothing.
        boolean refuses = ahead * pace > targetNanos || overloaded && noneFree && now - lastTaken > targetNanos;
        if (refuses && !overloaded) {
            overloadedAt = now;
        }
        return refuses;
    }

    /**
     * Whether a call is refused by the worker that takes it.
     *
     * @param waited time in the queue
     * @param ahead calls that were in the queue when it came
     * @param behind calls that are in the queue now
     * @param noneFree whether all workers that could take the call were held
     */
    boolean refusesTaken(long waited, int ahead, int behind, boolean noneFree, long now) {
        if (waited <= targetNanos) {
            if (above) {
                above = false;
            }
        } else if (noneFree) {
            // With workers to spare a wait comes from a processor that is busy, at a cold start for instance.
            aboveTarget(now);
        }
        if (overloaded || waited > targetNanos) {
            learn(waited / (ahead + 1));
        }
        if (!overloaded) {
            return false;
        }
        lastTaken = now;
        // Well above the target, so that what was let in is not refused for an estimate that moved a little.
        return isTooOld(waited) || behind * pace > targetNanos + targetNanos / 2;
    }

    /** Whether a call that waits is to be refused without waiting for a worker to take it. */
    boolean isTooOld(long waited) {
        return overloaded && waited > 2 * targetNanos;
    }

    /** A worker found nothing to do. */
    void emptied(long now) {
        if (above) {
            above = false;
        }
        if (overloaded) {
            overloadedAt = now;
            overloadedBefore = true;
            overloaded = false;
        }
    }

    /** Whether it makes a difference that a worker found nothing to do. */
    boolean isStrained() {
        return above || overloaded;
    }

    boolean isOverloaded() {
        return overloaded;
    }

    private void aboveTarget(long now) {
        if (!above) {
            aboveSince = now;
            above = true;
        } else if (!overloaded && now - aboveSince > patience(now)) {
            lastTaken = now;
            overloaded = true;
        }
    }

    private long patience(long now) {
        return isSoonAfterOverload(now) ? targetNanos : intervalNanos;
    }

    private boolean isSoonAfterOverload(long now) {
        return overloadedBefore && now - overloadedAt < SOON * intervalNanos;
    }

    private void learn(long sample) {
        long before = pace;
        pace = before == 0 ? sample : before + (sample - before) / SMOOTHING;
    }
}
