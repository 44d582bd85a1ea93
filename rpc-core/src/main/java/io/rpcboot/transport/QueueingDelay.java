package io.rpcboot.transport;

/**
 * How long a request waited in queues between the sender's hand-over and its arrival here, from the two sides' monotonic clocks alone. The
 * smallest difference of arrival and sending in the last minute is taken for the way itself; what exceeds it is waiting. A server that was
 * frozen thereby knows which requests are long dead. {@code docs/wire-protocol.md}, "timeout and sent_at". Confined to the event loop.
 */
final class QueueingDelay {

    private static final long HALF_WINDOW_MILLIS = 30_000;

    private static final long OLD_MEASURE_MILLIS = 1000;

    /** The clocks count whole milliseconds, so this much is rounding. */
    private static final long ROUNDING_MILLIS = 2;

    private long windowStart;
    private long smallest = Long.MAX_VALUE;
    private long smallestBefore = Long.MAX_VALUE;

    /** Milliseconds of waiting for a request that was sent and arrived at these times, each by its side's clock. */
    long excessMillis(long arrivedAt, long sentAt) {
        if (arrivedAt - windowStart >= 2 * HALF_WINDOW_MILLIS) {
            // Long silence. The old measure serves for a moment more, for what a frozen server finds waiting, and then
            // goes.
            windowStart = arrivedAt - HALF_WINDOW_MILLIS + OLD_MEASURE_MILLIS;
            smallestBefore = Math.min(smallest, smallestBefore);
            smallest = Long.MAX_VALUE;
        } else if (arrivedAt - windowStart >= HALF_WINDOW_MILLIS) {
            windowStart = arrivedAt;
            smallestBefore = smallest;
            smallest = Long.MAX_VALUE;
        }
        long difference = arrivedAt - sentAt;
        smallest = Math.min(smallest, difference);
        long excess = difference - Math.min(smallest, smallestBefore);
        return excess <= ROUNDING_MILLIS ? 0 : excess;
    }
}
