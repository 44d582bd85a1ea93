package io.rpcboot.benchmarks.profile;

import io.rpcboot.benchmarks.load.Load;
import io.rpcboot.benchmarks.process.Jdk;
import io.rpcboot.benchmarks.process.Pair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Draws flame graphs of a warm server and its client: directory, contender and load are the arguments. */
public final class FlameGraphs {

    private static final long WARM_UP = Duration.ofSeconds(25).toNanos();
    private static final long PROFILED = Duration.ofSeconds(10).toNanos();

    private FlameGraphs() {}

    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]).toAbsolutePath();
        String contender = args[1];
        Load load = Load.parse(args[2]);
        Files.createDirectories(directory);
        try (Pair pair = Pair.start(contender, Jdk.current(), directory.resolve("logs"))) {
            pair.run(load, WARM_UP);
            Path prefix = directory.resolve(
                    "flame-" + contender + '-' + load.toString().replace(':', '-'));
            pair.profile(load, PROFILED, prefix);
            System.out.println("written to " + prefix + "-server.html and " + prefix + "-client.html");
        }
    }
}
