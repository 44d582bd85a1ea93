package io.rpcboot.benchmarks.growth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures the curves that are named, or all, and writes them to the directory that comes first. */
public final class Growth {

    private Growth() {}

    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        Files.createDirectories(directory);
        Curves curves = new Curves(directory.resolve("logs"));
        Map<String, Measured> all = new LinkedHashMap<>();
        all.put("payload", curves::payload);
        all.put("in-flight", curves::inFlight);
        all.put("connections", curves::connections);
        all.put("endpoints", curves::endpoints);
        all.put("services", curves::services);
        List<String> wanted =
                args.length == 1 ? List.copyOf(all.keySet()) : List.of(args).subList(1, args.length);
        List<Curve> measured = new ArrayList<>();
        for (String name : wanted) {
            Measured curve = all.get(name);
            if (curve == null) {
                System.err.println("curve " + name + " (expected some of " + all.keySet() + ")");
                System.exit(2);
                return;
            }
            measured.add(curve.measure());
        }
        GrowthReport.write(measured, directory);
    }

    private interface Measured {
        Curve measure() throws IOException;
    }
}
