package io.rpcboot.balance;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * How quick one endpoint has been of late: the peak of its latency, which a slower reply raises at once and quicker ones let down over about
 * 10 s (the "peak EWMA" of Finagle and Linkerd); and for how long it has been there, since a process that has just started is slow. Times are
 * of one monotonic clock in nanoseconds. Safe for use by many threads; recording costs at most a compare-and-set, mostly none.
 */
public final class EndpointLoad {

    private static final AtomicLongFieldUpdater<EndpointLoad> STATE =
            AtomicLongFieldUpdater.newUpdater(EndpointLoad.class, "state");

    private static final double DECAY_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** What a process gets in its first moment: enough to be warmed by. */
    private static final double COLD_SHARE = 0.05;

    /** About a millisecond: within one, only slower replies are looked at. */
    private static final int TICK_BITS = 20;

    private static final int STALE_TICKS = ticks(TimeUnit.SECONDS.toNanos(1));
    /** After silence, the old peak tells less than the first reply. */
    private static final double WEIGHT_OF_STALE = 0.25;

    private final long runningSince;

    /** Peak latency as a float of nanoseconds, 0 while unknown; and the tick in which it was last let down or raised. */
    private volatile long state;

    /** The load of an endpoint whose process started, as far as this client knows, at this time. */
    public EndpointLoad(long runningSince) {
        this.runningSince = runningSince;
    }

    /** The load of an endpoint that is long warm. */
    public static EndpointLoad warm(long now) {
        return new EndpointLoad(now - WARM_UP_NANOS);
    }

    /** The load of an endpoint whose process has been running for this long. */
    public static EndpointLoad runningFor(long nanos, long now) {
        return new EndpointLoad(now - Math.max(0, Math.min(nanos, WARM_UP_NANOS)));
    }

    /** A call was answered after so many nanoseconds. */
    public void answered(long nanos, long now) {
        long seen = state;
        while (true) {
            float peak = peak(seen);
            int elapsed = ticks(now) - tick(seen);
            float next = nanos >= peak ? nanos : letDown(peak, nanos, elapsed);
            if (next == peak && peak > 0 || STATE.compareAndSet(this, seen, pack(next, ticks(now)))) {
                return;
            }
            seen = state;
        }
    }

    /** A call took so many nanoseconds at least, without an answer that tells more: raises the latency, never lowers it. */
    public void delayed(long nanos, long now) {
        long seen = state;
        while (nanos > latencyNanos(seen, now) && !STATE.compareAndSet(this, seen, pack(nanos, ticks(now)))) {
            seen = state;
        }
    }

    private static float letDown(float peak, long nanos, int elapsed) {
        if (elapsed <= 0) {
            return peak;
        }
        double old = remaining(elapsed);
        if (elapsed > STALE_TICKS) {
            old = Math.min(old, WEIGHT_OF_STALE);
        }
        return (float) (nanos + (peak - nanos) * old);
    }

    /** The peak latency, let down by the time since the last reply; 0 while no reply has come. */
    public double latencyNanos(long now) {
        return latencyNanos(state, now);
    }

    private static double latencyNanos(long state, long now) {
        int elapsed = ticks(now) - tick(state);
        return elapsed < STALE_TICKS ? peak(state) : peak(state) * remaining(elapsed);
    }

    /** Whether a reply came once, but none in the last second. */
    public boolean isStale(long now) {
        long seen = state;
        return peak(seen) > 0 && ticks(now) - tick(seen) > STALE_TICKS;
    }

    /** The part of its usual share that the endpoint should get: rises to 1 within the first 10 s of a process. */
    public double warmth(long now) {
        long running = now - runningSince;
        return running >= WARM_UP_NANOS ? 1 : Math.max(COLD_SHARE, (double) running / WARM_UP_NANOS);
    }

    private static double remaining(int elapsedTicks) {
        return Math.exp(-((long) elapsedTicks << TICK_BITS) / DECAY_NANOS);
    }

    private static int ticks(long nanos) {
        return (int) (nanos >> TICK_BITS);
    }

    private static long pack(float peak, int tick) {
        return (long) Float.floatToRawIntBits(peak) << 32 | tick & 0xFFFF_FFFFL;
    }

    private static float peak(long state) {
        return Float.intBitsToFloat((int) (state >>> 32));
    }

    private static int tick(long state) {
        return (int) state;
    }
}
