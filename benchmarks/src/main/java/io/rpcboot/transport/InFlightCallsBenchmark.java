package io.rpcboot.transport;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The table of the calls under way: one call comes and the oldest goes, beside so many others. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class InFlightCallsBenchmark {

    @Param({"1", "16", "256", "10000"})
    private int underWay;

    private final InFlightCalls<Object> calls = new InFlightCalls<>();
    private final Object call = new Object();
    private long lastId;

    @Setup
    public void fill() {
        while (lastId < underWay) {
            calls.put(++lastId, call);
        }
    }

    @Benchmark
    public @Nullable Object comeAndGo() {
        calls.put(++lastId, call);
        return calls.remove(lastId - underWay);
    }
}
