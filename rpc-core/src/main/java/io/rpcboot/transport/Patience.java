package io.rpcboot.transport;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Bears a state of a connection for so long and no longer. It counts its own looks rather than time, so that time in which this process stood
 * still is held against nobody. Confined to the event loop.
 */
final class Patience {

    private static final int LOOKS = 10;

    private final EventLoop loop;
    private final Duration time;
    private final BooleanSupplier lasts;
    private final Runnable over;
    private int looks;
    private boolean scheduled;

    /**
     * Does nothing yet.
     *
     * @param lasts whether the state lasts
     * @param over what to do when it has lasted too long
     */
    Patience(EventLoop loop, Duration time, BooleanSupplier lasts, Runnable over) {
        this.loop = loop;
        this.time = time;
        this.lasts = lasts;
        this.over = over;
    }

    /** The state begins, perhaps not for the first time. */
    void begin() {
        // A look that was planned before comes too early to count.
        looks = scheduled ? -1 : 0;
        lookLater();
    }

    private void lookLater() {
        if (!scheduled) {
            scheduled = true;
            loop.schedule(this::look, time.toNanos() / LOOKS, TimeUnit.NANOSECONDS);
        }
    }

    private void look() {
        scheduled = false;
        if (lasts.getAsBoolean()) {
            looks++;
            if (looks < LOOKS) {
                lookLater();
            } else {
                over.run();
            }
        }
    }
}
