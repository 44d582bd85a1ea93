package io.rpcboot.transport;

import io.rpcboot.wire.FrameException;
import java.util.concurrent.TimeUnit;

/**
 * Counts what a caller may do only so often. Each count is a debt, kept as the time at which it will have passed: every act adds to it, and
 * the clock pays it off. Who owes more than the window breaks the connection. Confined to the event loop.
 */
final class CallerConduct {

    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int MOST_CALLS = 1_000_000;

    private final AbuseLimits limits;
    private final long cancelNanos;
    private final long mostCancelNanos;
    private long pings;
    private long cancels;
    private long unknownMethods;

    /**
     * Begins with no debt.
     *
     * @param maxCalls calls that may be under way: a caller may give up all of them at once, as it does when the server seems dead
     * @param now a reading of {@link System#nanoTime()}, as are the other times
     */
    CallerConduct(AbuseLimits limits, int maxCalls, long now) {
        this.limits = limits;
        this.cancelNanos = WINDOW_NANOS / limits.cancels();
        this.mostCancelNanos = WINDOW_NANOS + cancelNanos * Math.min(maxCalls, MOST_CALLS);
        pings = now;
        cancels = now;
        unknownMethods = now;
    }

    void ping(long now) {
        pings = owed(pings, now) + SECOND_NANOS / limits.pingsPerSecond();
        if (pings - now > WINDOW_NANOS) {
            throw FrameException.tooMany(
                    "more than " + limits.pingsPerSecond() + " pings a second (rpc.server.max-pings-per-second)");
        }
    }

    /** A call that could have ended in time was cancelled before it did. */
    void cancelledEarly(long now) {
        cancels = owed(cancels, now) + cancelNanos;
        if (cancels - now > mostCancelNanos) {
            throw FrameException.tooMany("in 10 s " + limits.cancels()
                    + " more calls were cancelled early than answered (rpc.server.max-cancels)");
        }
    }

    /** A call was answered to a caller that waited for it. */
    void answered(long now) {
        // Nothing is saved up, or in the course of weeks the difference would overflow.
        if (cancels - now > 0) {
            cancels -= cancelNanos;
        }
    }

    void unknownMethod(long now) {
        unknownMethods = owed(unknownMethods, now) + WINDOW_NANOS / limits.unknownMethods();
        if (unknownMethods - now > WINDOW_NANOS) {
            throw FrameException.tooMany("in 10 s " + limits.unknownMethods()
                    + " more calls were for unknown methods than for known ones (rpc.server.max-unknown-methods)");
        }
    }

    void knownMethod(long now) {
        if (unknownMethods - now > 0) {
            unknownMethods -= WINDOW_NANOS / limits.unknownMethods();
        }
    }

    private static long owed(long debt, long now) {
        return debt - now > 0 ? debt : now;
    }
}
