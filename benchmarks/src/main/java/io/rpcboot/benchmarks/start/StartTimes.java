package io.rpcboot.benchmarks.start;

import io.rpcboot.benchmarks.process.Child;
import io.rpcboot.benchmarks.process.Jdk;
import io.rpcboot.benchmarks.process.Ports;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Starts of both applications in turn, from the start of the process.
 *
 * @param plainMillis until the application without this framework had started, the median
 * @param rpcMillis until the one with it had served its first call, the median
 */
public record StartTimes(double plainMillis, double rpcMillis) {

    /** What comes with the starter. */
    private static final Pattern OF_THE_STARTER =
            Pattern.compile("rpc-spring-boot-starter|rpc-core|spring-cloud|curator|zookeeper");

    public static StartTimes measure(Jdk jdk, Path logs, int starts) throws IOException {
        String all = System.getProperty("java.class.path");
        String plain = Arrays.stream(all.split(File.pathSeparator))
                .filter(entry -> !OF_THE_STARTER.matcher(entry).find())
                .collect(Collectors.joining(File.pathSeparator));
        List<Double> plainMillis = new ArrayList<>();
        List<Double> rpcMillis = new ArrayList<>();
        for (int i = 0; i < starts; i++) {
            plainMillis.add(start(jdk, logs, plain, PlainApplication.class, List.of()));
            rpcMillis.add(start(jdk, logs, all, RpcApplication.class, properties(Ports.free())));
        }
        return new StartTimes(median(plainMillis), median(rpcMillis));
    }

    private static List<String> properties(int port) {
        return List.of(
                "--spring.application.name=benchmarks",
                "--spring.cloud.zookeeper.enabled=false",
                "--rpc.registry.enabled=false",
                "--rpc.server.address=127.0.0.1",
                "--rpc.server.port=" + port,
                "--rpc.client.services[demo.UserService].addresses=127.0.0.1:" + port);
    }

    private static double start(Jdk jdk, Path logs, String classPath, Class<?> main, List<String> arguments)
            throws IOException {
        try (Child child = Child.start(jdk, logs, main.getSimpleName(), classPath, main, arguments)) {
            return child.startMillis();
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    public String toText() {
        return String.format(
                "Spring application from its start to the first served call: %.0f ms; the same without this framework, to its"
                        + " start: %.0f ms; %.0f ms more (to reach: at most 400)%n",
                rpcMillis, plainMillis, rpcMillis - plainMillis);
    }
}
