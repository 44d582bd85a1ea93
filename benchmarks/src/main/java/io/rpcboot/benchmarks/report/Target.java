package io.rpcboot.benchmarks.report;

import io.rpcboot.benchmarks.load.Load;
import io.rpcboot.benchmarks.report.Result.Measure;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A ratio that this framework is to reach.
 *
 * @param contender which variant of this framework
 * @param other what it is compared with
 * @param bound least ratio of calls, largest of everything else
 */
public record Target(Load load, String contender, Measure measure, String other, double bound) {

    private static final List<Target> ALL =
            Arrays.stream("""
            login:block:32 rpc calls grpc 4.5
            login:block:32 rpc cpu grpc 0.25
            login:block:32 rpc p99 grpc 0.25
            login:block:32 rpc calls grpc-direct 2.8
            login:block:32 rpc cpu grpc-direct 0.45
            login:block:32 rpc calls dubbo-tcp 2.3
            login:block:32 rpc cpu dubbo-tcp 0.45
            login:block:32 rpc calls raw-pb 0.75
            login:block:128 rpc calls grpc 5
            login:block:128 rpc calls grpc-direct 3
            login:block:128 rpc calls dubbo-tcp 3.5
            login:block:128 rpc calls raw-pb 0.75
            login:vblock:128 rpc-virtual calls grpc 7
            login:vblock:128 rpc-virtual calls grpc-direct 3
            login:vblock:128 rpc-virtual calls dubbo-tri 10
            login:vblock:128 rpc-virtual calls raw-pb 0.5
            login:async:16 rpc calls grpc 5
            login:async:16 rpc cpu grpc 0.15
            login:async:16 rpc calls grpc-direct 2
            login:async:16 rpc calls dubbo-tcp 3
            login:async:16 rpc calls raw-pb 0.5
            login:async:16 rpc-loop calls raw-pb 0.75
            login:async:256 rpc calls grpc 20
            login:async:256 rpc cpu grpc 0.05
            login:async:256 rpc calls grpc-direct 4
            login:async:256 rpc calls dubbo-tcp 12
            login:async:256 rpc calls raw-pb 0.5
            login:async:256 rpc-loop calls raw-pb 0.8
            login:block:1 rpc p50 grpc 0.6
            login:block:1 rpc p50 grpc-direct 0.95
            login:block:1 rpc p50 dubbo-tcp 0.7
            login:block:1 rpc p50 raw-pb 1.3
            login:async:1 rpc p50 grpc 0.6
            login:async:1 rpc p50 grpc-direct 0.95
            login:async:1 rpc p50 dubbo-tcp 0.7
            login:async:1 rpc p50 raw-pb 1.3
            login:open:10000 rpc p99 grpc 0.5
            login:open:10000 rpc cpu grpc 0.65
            login:open:10000 rpc cpu grpc-direct 1.0
            login:open:10000 rpc p99 dubbo-tcp 0.75
            login:open:10000 rpc cpu dubbo-tcp 0.8
            login:open:10000 rpc cpu raw-pb 1.5
            echo1k:async:16 rpc calls grpc 5
            echo1k:async:16 rpc calls grpc-direct 2
            echo1k:async:16 rpc calls dubbo-tcp 3.5
            echo1k:async:16 rpc calls raw-pb 0.5
            echo64k:async:16 rpc calls grpc 2.3
            echo64k:async:16 rpc calls grpc-direct 1.3
            echo64k:async:16 rpc calls dubbo-tcp 7
            echo64k:async:16 rpc calls raw-pb 1.2
            """.split("\n")).map(Target::parse).toList();

    public static List<Target> all() {
        return ALL;
    }

    private static Target parse(String line) {
        String[] words = line.split(" ");
        Measure measure = Measure.valueOf(words[2].toUpperCase(Locale.ROOT));
        return new Target(Load.parse(words[0]), words[1], measure, words[3], Double.parseDouble(words[4]));
    }

    /** Empty if one of the two was not measured. */
    public Optional<Double> ratio(Results results) {
        return results.of(load, contender)
                .flatMap(own -> results.of(load, other).map(that -> own.median(measure) / that.median(measure)));
    }

    public boolean isReachedBy(double ratio) {
        return measure == Measure.CALLS ? ratio >= bound : ratio <= bound;
    }

    public String boundText() {
        return (measure == Measure.CALLS ? "at least " : "at most ") + bound;
    }
}
