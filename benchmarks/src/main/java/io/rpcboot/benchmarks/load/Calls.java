package io.rpcboot.benchmarks.load;

import org.HdrHistogram.Histogram;

/**
 * The calls of one slice.
 *
 * @param latencies of those that succeeded, in ns; in a schedule from the planned start
 * @param failed how many failed
 * @param nanos from the first call to the end of the last
 * @param usage of the process, in that time
 */
public record Calls(Histogram latencies, long failed, long nanos, Usage usage) {

    private static final long LONGEST_NANOS = 60_000_000_000L;

    /** Three digits would make 256 of them too large for the caches; two are exact to one per cent. */
    static Histogram histogram() {
        return new Histogram(1_000, LONGEST_NANOS, 2);
    }

    static void record(Histogram histogram, long nanos) {
        histogram.recordValue(Math.max(0, Math.min(LONGEST_NANOS, nanos)));
    }

    public double perSecond() {
        return latencies.getTotalCount() * 1e9 / nanos;
    }

    public double micros(double quantile) {
        return latencies.getValueAtPercentile(quantile * 100) / 1e3;
    }
}
