package io.rpcboot.transport;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;

/**
 * Looks at all open calls of a connection every few milliseconds, as long as there are any: one timer per connection instead of one per
 * call. Confined to the event loop.
 */
final class DeadlineSweep implements Runnable {

    /** A deadline is noticed at most this late. */
    static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final EventLoop loop;
    private final LongPredicate sweep;
    private boolean scheduled;

    /**
     * Sweeps on this loop.
     *
     * @param sweep ends what has expired at the given {@link System#nanoTime()}; true while calls remain
     */
    DeadlineSweep(EventLoop loop, LongPredicate sweep) {
        this.loop = loop;
        this.sweep = sweep;
    }

    /** There is a call to look after. */
    void wake() {
        if (!scheduled) {
            scheduled = true;
            loop.schedule(this, TICK_NANOS, TimeUnit.NANOSECONDS);
        }
    }

    /** Whether a timer runs; none does while there is nothing to look after. */
    boolean isScheduled() {
        return scheduled;
    }

    @Override
    public void run() {
        scheduled = false;
        if (sweep.test(System.nanoTime())) {
            wake();
        }
    }
}
