package io.rpcboot.benchmarks.report;

import io.rpcboot.benchmarks.load.Load;
import io.rpcboot.benchmarks.process.Slice;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/**
 * What one contender did under one load: each figure is the median of its slices.
 *
 * @param jdk feature release of the JDK
 */
public record Result(Load load, String contender, int jdk, List<Slice> slices) {

    /** What is compared. */
    public enum Measure {
        CALLS("calls/s", slice -> slice.calls().perSecond()),
        P50("p50", slice -> slice.calls().micros(0.5)),
        P99("p99", slice -> slice.calls().micros(0.99)),
        P999("p99.9", slice -> slice.calls().micros(0.999)),
        CPU("CPU", slice -> slice.clientCpuMicros() + slice.serverCpuMicros()),
        CPU_CLIENT("CPU of the client", Slice::clientCpuMicros),
        CPU_SERVER("CPU of the server", Slice::serverCpuMicros),
        BYTES_CLIENT("bytes of the client", Slice::clientBytes),
        BYTES_SERVER("bytes of the server", Slice::serverBytes);

        private final String text;
        private final ToDoubleFunction<Slice> of;

        Measure(String text, ToDoubleFunction<Slice> of) {
            this.text = text;
            this.of = of;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    public Result {
        slices = List.copyOf(slices);
    }

    public double median(Measure measure) {
        double[] sorted = slices.stream().mapToDouble(measure.of).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Largest less smallest rate, over the median, in per cent. */
    public double spread() {
        double[] sorted = slices.stream().mapToDouble(Measure.CALLS.of).sorted().toArray();
        return 100 * (sorted[sorted.length - 1] - sorted[0]) / median(Measure.CALLS);
    }

    public long failed() {
        return slices.stream().mapToLong(slice -> slice.calls().failed()).sum();
    }

    /** The latencies of all slices, in ns. */
    public Histogram latencies() {
        Histogram sum = slices.get(0).calls().latencies().copy();
        slices.stream().skip(1).forEach(slice -> sum.add(slice.calls().latencies()));
        return sum;
    }
}
