package io.rpcboot;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The moment by which a call must have ended, on this process's monotonic clock. Never leaves the process: on the wire travels the time
 * left. Immutable.
 */
public final class Deadline implements Comparable<Deadline> {

    private final long nanoTime;

    private Deadline(long nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The deadline that lies this far from now. */
    public static Deadline after(Duration timeout) {
        return afterNanos(timeout.toNanos());
    }

    /** The deadline that lies this many nanoseconds from now. */
    public static Deadline afterNanos(long nanos) {
        return new Deadline(System.nanoTime() + nanos);
    }

    /** The deadline at this reading of {@link System#nanoTime()}. */
    public static Deadline at(long nanoTime) {
        return new Deadline(nanoTime);
    }

    /** The reading of {@link System#nanoTime()} at which the deadline passes. */
    public long nanoTime() {
        return nanoTime;
    }

    /** Nanoseconds left; zero or below once the deadline has passed. */
    public long remainingNanos() {
        return nanoTime - System.nanoTime();
    }

    /** Time left; zero once the deadline has passed. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, remainingNanos()));
    }

    public boolean isExpired() {
        return remainingNanos() <= 0;
    }

    /** Whichever of the two passes first. */
    public Deadline earlier(Deadline other) {
        return compareTo(other) <= 0 ? this : other;
    }

    @Override
    public int compareTo(Deadline other) {
        // The difference, since readings of nanoTime may wrap.
        return Long.signum(nanoTime - other.nanoTime);
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        return other instanceof Deadline that && nanoTime == that.nanoTime;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(nanoTime);
    }

    @Override
    public String toString() {
        return TimeUnit.NANOSECONDS.toMillis(remainingNanos()) + " ms left";
    }
}
