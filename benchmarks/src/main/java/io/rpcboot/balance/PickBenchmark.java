package io.rpcboot.balance;

import io.rpcboot.Cancellation;
import io.rpcboot.Deadline;
import io.rpcboot.Endpoint;
import io.rpcboot.Metadata;
import io.rpcboot.RpcCall;
import io.rpcboot.benchmarks.contender.Messages;
import io.rpcboot.demo.proto.UserServiceContract;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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

/** The choice of an endpoint, by each balancer, among few and many. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PickBenchmark {

    @Param({"1", "10", "100", "1000"})
    private int endpoints;

    private final LoadBalancer peakEwma = new PeakEwma();
    private final LoadBalancer roundRobin = new RoundRobin();
    private final LoadBalancer consistentHash = new ConsistentHash();
    private final RpcCall call = RpcCall.unary(
                    UserServiceContract.LOGIN,
                    Messages.loginRequest(),
                    Metadata.EMPTY,
                    Deadline.after(Duration.ofSeconds(1)),
                    new Cancellation())
            .withHashKey("user-1");
    private List<One> candidates = List.of();

    @Setup
    public void list() {
        candidates = IntStream.range(0, endpoints)
                .mapToObj(i -> new One(
                        Endpoint.of("10.0." + i / 250 + "." + (1 + i % 250), 8000),
                        i % 3,
                        EndpointLoad.warm(System.nanoTime())))
                .toList();
        candidates.forEach(one -> one.load.answered(1_000_000, System.nanoTime()));
    }

    @Benchmark
    public Candidate peakEwma() {
        return peakEwma.choose(candidates, call);
    }

    @Benchmark
    public Candidate roundRobin() {
        return roundRobin.choose(candidates, call);
    }

    @Benchmark
    public Candidate consistentHash() {
        return consistentHash.choose(candidates, call);
    }

    private record One(Endpoint endpoint, int outstanding, EndpointLoad load) implements Candidate {}
}
