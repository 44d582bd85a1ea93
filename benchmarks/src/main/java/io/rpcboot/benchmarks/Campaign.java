package io.rpcboot.benchmarks;

import io.rpcboot.benchmarks.contender.Contenders;
import io.rpcboot.benchmarks.load.Load;
import io.rpcboot.benchmarks.process.Jdk;
import io.rpcboot.benchmarks.process.Memory;
import io.rpcboot.benchmarks.process.Pair;
import io.rpcboot.benchmarks.process.Slice;
import io.rpcboot.benchmarks.report.Footprint;
import io.rpcboot.benchmarks.report.Result;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The contenders of one JDK: all are started and warmed, then measured in turn, one slice each, round after round, so that they are compared
 * under the same conditions.
 */
final class Campaign implements AutoCloseable {

    private static final double MIB = 1024 * 1024;

    private final Options options;
    private final Jdk jdk;
    private final List<Load> loads;
    private final Map<Pair, Starts> pairs = new LinkedHashMap<>();

    Campaign(Options options, Jdk jdk, List<Load> loads, List<String> contenders) throws IOException {
        this.options = options;
        this.jdk = jdk;
        this.loads = loads;
        for (String contender : contenders) {
            start(contender);
        }
    }

    /** The contenders and loads that belong on this JDK; none if there are no loads. */
    static Campaign of(Options options, Jdk jdk, boolean virtualThreads) throws IOException {
        List<Load> loads = options.loads().stream()
                .filter(load -> load.needsVirtualThreads() == virtualThreads)
                .toList();
        List<String> contenders = options.contenders().stream()
                .filter(virtualThreads ? Contenders::servesVirtualThreads : Contenders::servesPlatformThreads)
                .toList();
        return new Campaign(options, jdk, loads, loads.isEmpty() ? List.of() : contenders);
    }

    private void start(String contender) throws IOException {
        List<Double> servers = new ArrayList<>();
        List<Double> clients = new ArrayList<>();
        for (int i = 1; i <= options.starts(); i++) {
            Pair pair = Pair.start(contender, jdk, options.output().resolve("logs"));
            servers.add(pair.serverStartMillis());
            clients.add(pair.clientStartMillis());
            if (i == options.starts()) {
                pairs.put(pair, new Starts(median(servers), median(clients)));
            } else {
                pair.close();
            }
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    List<Result> measure() throws IOException {
        warmUp();
        Map<Load, Map<Pair, List<Slice>>> slices = new LinkedHashMap<>();
        QuietSlices quiet = new QuietSlices(options.attempts());
        for (int round = 1; round <= options.rounds(); round++) {
            for (Load load : loads) {
                System.out.println(
                        "JDK " + jdk.version() + ", round " + round + " of " + options.rounds() + ": " + load);
                forEachPair(pair -> slices.computeIfAbsent(load, any -> new LinkedHashMap<>())
                        .computeIfAbsent(pair, any -> new ArrayList<>())
                        .add(quiet.take(pair, load, options.slice())));
            }
        }
        slices.values().forEach(byPair -> byPair.keySet().retainAll(pairs.keySet()));
        List<Result> results = new ArrayList<>();
        slices.forEach((load, byPair) ->
                byPair.forEach((pair, taken) -> results.add(new Result(load, pair.contender(), jdk.version(), taken))));
        System.out.println(quiet.summary());
        return results;
    }

    private void warmUp() throws IOException {
        long slice = options.warmUp().dividedBy(loads.size()).toNanos();
        forEachPair(pair -> {
            System.out.println("JDK " + jdk.version() + ", warming up: " + pair.contender());
            for (Load load : loads) {
                pair.run(load, slice);
            }
        });
    }

    /** One that ends does not end the others: it is left out from there on. */
    private void forEachPair(PairTask task) throws IOException {
        for (Pair pair : List.copyOf(pairs.keySet())) {
            try {
                task.run(pair);
            } catch (IOException e) {
                System.out.println("JDK " + jdk.version() + ", left out: " + pair.contender() + ", " + e.getMessage());
                pairs.remove(pair);
                pair.close();
            }
        }
    }

    /** What the contenders take beside calls; to be asked for after the loads. */
    List<Footprint> footprints() throws IOException {
        List<Footprint> all = new ArrayList<>();
        for (Map.Entry<Pair, Starts> entry : pairs.entrySet()) {
            Pair pair = entry.getKey();
            Memory client = pair.clientMemory();
            // The first few bring caches and pools with them.
            pair.connect(10);
            Memory before = pair.serverMemory();
            pair.connect(options.connections());
            Memory after = pair.serverMemory();
            all.add(new Footprint(
                    pair.contender(),
                    jdk.version(),
                    entry.getValue().serverMillis,
                    entry.getValue().clientMillis,
                    before.heapBytes() / MIB,
                    before.residentBytes() / MIB,
                    client.residentBytes() / MIB,
                    (after.heapBytes() - before.heapBytes()) / 1024.0 / options.connections(),
                    (after.directBytes() - before.directBytes()) / 1024.0 / options.connections()));
        }
        return all;
    }

    @Override
    public void close() throws IOException {
        for (Pair pair : pairs.keySet()) {
            pair.close();
        }
    }

    /** Something to do with each pair. */
    private interface PairTask {
        void run(Pair pair) throws IOException;
    }

    private record Starts(double serverMillis, double clientMillis) {}
}
