package io.rpcboot.transport;

import io.netty.channel.Channel;
import io.netty.util.concurrent.ScheduledFuture;
import io.rpcboot.wire.FrameDecoder;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches for a caller that says nothing any more, and for frames that drip. It counts its own looks rather than time, so that time in which
 * this process stood still is held against nobody. Confined to the event loop.
 */
final class CallerWatch {

    private static final long LOOKS = 10;
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Channel channel;
    private final FrameDecoder decoder;
    private final ServerTimeouts timeouts;
    private final Consumer<String> close;
    private final long pauseNanos;
    private @Nullable ScheduledFuture<?> looks;
    private boolean heard;
    private int frame;
    private long silentNanos;
    private long frameNanos;

    /**
     * Watches one connection.
     *
     * @param decoder what takes in its bytes
     * @param close closes the connection for this reason
     */
    CallerWatch(Channel channel, FrameDecoder decoder, ServerTimeouts timeouts, Consumer<String> close) {
        this.channel = channel;
        this.decoder = decoder;
        this.timeouts = timeouts;
        this.close = close;
        long shortest = Math.min(timeouts.silence().toNanos(), timeouts.frame().toNanos());
        this.pauseNanos = Math.max(1, Math.min(LONGEST_PAUSE_NANOS, shortest / LOOKS));
    }

    void begin() {
        looks = channel.eventLoop().scheduleWithFixedDelay(this::look, pauseNanos, pauseNanos, TimeUnit.NANOSECONDS);
    }

    void end() {
        if (looks != null) {
            looks.cancel(false);
        }
    }

    /** Bytes came. */
    void heard() {
        heard = true;
    }

    private void look() {
        if (!channel.config().isAutoRead()) {
            // It is this side that does not read.
            return;
        }
        silentNanos = heard ? 0 : silentNanos + pauseNanos;
        heard = false;
        boolean sameFrame = decoder.unfinishedBytes() > 0 && decoder.frameNumber() == frame;
        frameNanos = sameFrame ? frameNanos + pauseNanos : 0;
        frame = decoder.frameNumber();
        if (silentNanos >= timeouts.silence().toNanos()) {
            close.accept("nothing came for " + timeouts.silence().toMillis() + " ms (rpc.server.silence-timeout)");
        } else if (frameNanos >= timeouts.frame().toNanos() && drips()) {
            close.accept("a frame took longer than " + timeouts.frame().toMillis() + " ms and came slower than "
                    + timeouts.frameBytesPerSecond()
                    + " bytes a second (rpc.server.frame-timeout, rpc.server.min-frame-rate)");
        }
    }

    private boolean drips() {
        double seconds = (double) frameNanos / TimeUnit.SECONDS.toNanos(1);
        return decoder.unfinishedBytes() < seconds * timeouts.frameBytesPerSecond();
    }
}
