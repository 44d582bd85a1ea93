package io.rpcboot.benchmarks.growth;

import io.rpcboot.benchmarks.load.Load;
import io.rpcboot.benchmarks.process.Pair;
import io.rpcboot.benchmarks.process.Slice;
import io.rpcboot.benchmarks.report.Result;
import io.rpcboot.benchmarks.report.Result.Measure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Warms a pair of processes and measures points. */
final class Measuring {

    private static final long WARM_UP = Duration.ofSeconds(20).toNanos();
    private static final long WARM_UP_OF_A_POINT = Duration.ofSeconds(3).toNanos();
    private static final long SLICE = Duration.ofMillis(700).toNanos();
    private static final int SLICES = 5;
    private static final double KIB = 1024;

    private Measuring() {}

    static void warmUp(Pair pair, Load load) throws IOException {
        pair.run(load, WARM_UP);
    }

    static Point point(long x, Pair pair, Load load) throws IOException {
        return point(x, pair, load, pair::run);
    }

    /** With the calls spread over all connections. */
    static Point spreadPoint(long x, Pair pair, Load load) throws IOException {
        return point(x, pair, load, pair::runSpread);
    }

    private static Point point(long x, Pair pair, Load load, Running running) throws IOException {
        running.run(load, WARM_UP_OF_A_POINT);
        List<Slice> slices = new ArrayList<>();
        for (int i = 0; i < SLICES; i++) {
            slices.add(running.run(load, SLICE));
        }
        Result result = new Result(load, pair.contender(), 0, slices);
        double heap = pair.serverMemory().heapBytes() / KIB;
        Point point = new Point(
                x,
                result.median(Measure.CALLS),
                result.median(Measure.CPU),
                result.median(Measure.P99),
                result.failed(),
                heap);
        System.out.println(pair.contender() + ' ' + load + ' ' + point);
        return point;
    }

    private interface Running {
        Slice run(Load load, long nanos) throws IOException;
    }
}
