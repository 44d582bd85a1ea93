package io.rpcboot.benchmarks;

import io.rpcboot.benchmarks.contender.Contenders;
import io.rpcboot.benchmarks.load.Load;
import io.rpcboot.benchmarks.process.Jdk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is measured, and how long.
 *
 * @param newer a JDK with virtual threads, for what needs one; null if there is none
 * @param warmUp for each contender
 * @param slice of one measurement
 * @param rounds slices of each load and contender
 * @param attempts to take a slice that is not disturbed by other load
 * @param starts of each contender; the first pair is the one that is measured
 * @param connections that are opened to see what an idle one costs; 0 to ask nothing of memory
 * @param output directory of the reports
 */
record Options(
        List<String> contenders,
        List<Load> loads,
        Jdk jdk,
        @Nullable Jdk newer,
        Duration warmUp,
        Duration slice,
        int rounds,
        int attempts,
        int starts,
        int connections,
        Path output) {

    static final String USAGE =
            "benchmarks/run.sh [--quick] [--only contender,...] [--loads load,...] [--jdk25 home] [--output directory]";

    private static final String ALL_LOADS =
            "login:async:1,login:async:16,login:async:256,login:block:1,login:block:32,login:block:128,"
                    + "login:vblock:128,login:open:5000,login:open:10000,echo1k:async:16,echo64k:async:16";

    /** Those that ratios are taken of, or to. */
    private static final String QUICK_CONTENDERS =
            "rpc,rpc-loop,rpc-virtual,grpc,grpc-direct,dubbo-tcp,dubbo-tri,raw-pb";

    private static final String QUICK_LOADS = "login:async:16,login:block:32,login:vblock:128,login:open:10000";

    /** @throws IllegalArgumentException if an argument is not known */
    static Options parse(List<String> arguments) throws IOException {
        boolean quick = arguments.contains("--quick");
        String only = valueOf("--only", arguments, quick ? QUICK_CONTENDERS : String.join(",", Contenders.names()));
        String loads = valueOf("--loads", arguments, quick ? QUICK_LOADS : ALL_LOADS);
        String newer = valueOf("--jdk25", arguments, "");
        checkKnown(arguments);
        return new Options(
                Arrays.stream(only.split(",")).map(Options::known).toList(),
                Arrays.stream(loads.split(",")).map(Load::parse).toList(),
                Jdk.current(),
                newer.isEmpty() ? null : Jdk.at(Path.of(newer)),
                Duration.ofSeconds(quick ? 4 : 35),
                Duration.ofMillis(quick ? 400 : 1000),
                quick ? 3 : 5,
                quick ? 2 : 4,
                quick ? 1 : 3,
                quick ? 0 : 100,
                Path.of(valueOf("--output", arguments, "benchmarks/target")));
    }

    private static String known(String contender) {
        Contenders.of(contender);
        return contender;
    }

    private static String valueOf(String name, List<String> arguments, String otherwise) {
        int at = arguments.indexOf(name);
        if (at < 0) {
            return otherwise;
        }
        if (at + 1 == arguments.size()) {
            throw new IllegalArgumentException(name + " without a value");
        }
        return arguments.get(at + 1);
    }

    private static void checkKnown(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            switch (arguments.get(i)) {
                case "--quick" -> {}
                case "--only", "--loads", "--jdk25", "--output" -> i++;
                default -> throw new IllegalArgumentException("argument " + arguments.get(i));
            }
        }
    }
}
