package io.rpcboot.balance;

import java.util.concurrent.TimeUnit;

/**
 * How the calls of one service fared at one endpoint of late, and whether {@link Ejection} leaves it out. Times are of one monotonic clock in
 * nanoseconds. Safe for use by many threads.
 */
public final class Health {

    /** In the first minute a repair is to be noticed within 5 s, jitter included; later, fewer calls are spent on probes. */
    private static final long EARLY_LONGEST_OUT_NANOS = TimeUnit.SECONDS.toNanos(4);

    private static final long PROBE_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long EARLY_NANOS = TimeUnit.MINUTES.toNanos(1);
    /** Failing again within this time after a return is the same trouble still. */
    private static final long RELAPSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final EjectionOptions options;
    private final SuccessRate rate;
    private int failuresInRow;
    private int refusalsInRow;
    private long refusingSince;

    private boolean out;
    private boolean probing;
    private boolean returnedBefore;
    private long returnedAt;
    private long troubleSince;
    private long outSince;
    private long outUntil;
    private int timesOut;

    public Health(EjectionOptions options) {
        this.options = options;
        this.rate = new SuccessRate(options);
    }

    /** What is to be done about the endpoint. */
    enum Change {
        NONE,
        FAILING,
        PROBE_FAILED,
        PROBE_UNDECIDED,
        RECOVERED
    }

    /** Counts the end of a call. */
    synchronized Change ended(Verdict verdict, long sentAt, long now) {
        if (out) {
            return endedWhileOut(verdict, sentAt);
        }
        switch (verdict) {
            case WORKS -> {
                failuresInRow = 0;
                refusalsInRow = 0;
                rate.add(true, now);
            }
            case FAILS -> {
                failuresInRow++;
                rate.add(false, now);
                return isFailing(now) ? Change.FAILING : Change.NONE;
            }
            case REFUSES -> {
                if (refusalsInRow++ == 0) {
                    refusingSince = now;
                }
                return isFailing(now) ? Change.FAILING : Change.NONE;
            }
            case UNKNOWN -> {
                return Change.NONE;
            }
        }
        return Change.NONE;
    }

    /** Only calls that were sent since the endpoint is out tell anything new. */
    private Change endedWhileOut(Verdict verdict, long sentAt) {
        if (sentAt - outSince < 0) {
            return Change.NONE;
        }
        if (verdict == Verdict.WORKS) {
            return Change.RECOVERED;
        }
        if (!probing) {
            return Change.NONE;
        }
        return verdict == Verdict.UNKNOWN ? Change.PROBE_UNDECIDED : Change.PROBE_FAILED;
    }

    /** Whether its calls fail so often that it should be out. */
    synchronized boolean isFailing(long now) {
        return failuresInRow >= options.consecutiveFailures()
                || rate.isPoor(now)
                || refusalsInRow >= options.consecutiveFailures()
                        && now - refusingSince >= options.refusing().toNanos();
    }

    synchronized boolean isOut() {
        return out;
    }

    /**
     * Leaves the endpoint out from now on.
     *
     * @param stretch near 1, so that clients do not come back in step
     * @return for how many nanoseconds
     */
    synchronized long leaveOut(double stretch, long now) {
        if (!out) {
            boolean relapse = returnedBefore && now - returnedAt < RELAPSE_NANOS;
            timesOut = relapse ? timesOut : 0;
            troubleSince = relapse ? troubleSince : now;
        }
        long nanos =
                (long) (stretch * Math.min(longest(now), options.firstTime().toNanos() << Math.min(timesOut, 10)));
        timesOut++;
        out = true;
        probing = false;
        outSince = now;
        outUntil = now + nanos;
        return nanos;
    }

    private long longest(long now) {
        long configured = options.longestTime().toNanos();
        boolean early = now - troubleSince < EARLY_NANOS;
        return early
                ? Math.max(options.firstTime().toNanos(), Math.min(configured, EARLY_LONGEST_OUT_NANOS))
                : configured;
    }

    /** When the next probe is due; only while out. */
    synchronized long probeDueAt() {
        return outUntil;
    }

    /** One call is sent to see whether the endpoint works again. Another one follows if nothing is heard of it in as long a time. */
    synchronized void probe(long now) {
        probing = true;
        outUntil = now + Math.max(options.firstTime().toNanos(), outUntil - outSince);
        outSince = now;
    }

    /** The probe came to nothing; another one follows soon, but not every call: callers may be giving up one after the other. */
    synchronized void probeAgain(long now) {
        probing = false;
        outUntil = now + PROBE_AGAIN_NANOS;
    }

    /** Takes the endpoint in again, with a clean slate. */
    synchronized void takeIn(long now) {
        out = false;
        probing = false;
        returnedBefore = true;
        returnedAt = now;
        failuresInRow = 0;
        refusalsInRow = 0;
        rate.clear();
    }
}
