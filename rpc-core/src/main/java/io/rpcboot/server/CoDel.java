package io.rpcboot.server;

/**
 * Decides which calls to refuse, by the time they wait in a queue: Controlled Delay (K. Nichols, V. Jacobson, "Controlling Queue Delay", ACM
 * Queue 10(5), 2012; RFC 8289) in its variant for servers (B. Maurer, "Fail at Scale", ACM Queue 13(8), 2015). A queue is overloaded when it
 * has not been empty and every wait was above the target for a whole interval; bursts pass. Then whoever would wait longer than the target
 * is refused on arrival, and who has waited twice that long when taken, until waits fall below half the target. Knows no clock: times are
 * readings of {@link System#nanoTime()} of the caller's. Safe for use by many threads, without a lock: a race moves a decision by one call.
 */
final class CoDel {

    private final long targetNanos;
    private final long intervalNanos;

    private volatile boolean overloaded;
    private volatile boolean above;
    private volatile long aboveSince;
    private volatile long lastTaken;

    CoDel(long targetNanos, long intervalNanos) {
        this.targetNanos = targetNanos;
        this.intervalNanos = intervalNanos;
    }

    /**
     * Whether a call that arrives is refused.
     *
     * @param oldestWaits time that the oldest call in the queue has waited so far; 0 if there is none
     * @param noneFree whether all workers that could take the call are held
     */
    boolean refusesArrival(long oldestWaits, boolean noneFree, long now) {
        boolean late = oldestWaits > targetNanos;
        if (late) {
            aboveTarget(now);
        }
        // Where all workers hang nothing is taken, so that waits alone would say nothing.
        return overloaded && (late || noneFree && now - lastTaken > targetNanos);
    }

    /** Whether a call that has waited that long is refused by the worker that takes it. */
    boolean refusesTaken(long waited, long now) {
        if (waited > targetNanos) {
            aboveTarget(now);
        } else {
            belowTarget(waited);
        }
        if (!overloaded) {
            return false;
        }
        lastTaken = now;
        return isTooOld(waited);
    }

    /** Whether a call that waits is to be refused without waiting for a worker to take it. */
    boolean isTooOld(long waited) {
        return overloaded && waited > 2 * targetNanos;
    }

    /** A worker found nothing to do. */
    void emptied() {
        if (above) {
            above = false;
        }
        if (overloaded) {
            overloaded = false;
        }
    }

    boolean isOverloaded() {
        return overloaded;
    }

    private void aboveTarget(long now) {
        if (!above) {
            aboveSince = now;
            above = true;
        } else if (!overloaded && now - aboveSince > intervalNanos) {
            lastTaken = now;
            overloaded = true;
        }
    }

    private void belowTarget(long waited) {
        if (above) {
            above = false;
        }
        if (overloaded && waited < targetNanos / 2) {
            overloaded = false;
        }
    }
}
