package io.rpcboot.benchmarks.report;

import io.rpcboot.benchmarks.load.Load;
import io.rpcboot.benchmarks.report.Result.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tables: one for each load, with the ratios of the rates, then the ratios to reach, then what contenders take beside calls. */
public final class MarkdownReport {

    private static final List<String> COMPARED = List.of("grpc", "grpc-direct", "dubbo-tcp", "raw-pb");

    private MarkdownReport() {}

    public static String of(Results results, List<Footprint> footprints) {
        List<String> lines = new ArrayList<>();
        for (Load load : results.loads()) {
            table(results, load, lines);
        }
        targets(results, lines);
        footprints(footprints, lines);
        return String.join("\n", lines) + "\n";
    }

    private static void table(Results results, Load load, List<String> lines) {
        lines.add("### " + load);
        lines.add("");
        lines.add(
                "| contender | JDK | calls/s | x grpc | x grpc-direct | x dubbo-tcp | x raw-pb | p50 µs | p99 µs | p99.9 µs"
                        + " | CPU µs/call client + server | B/call client / server | spread % | failed |");
        lines.add("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        for (Result result : results.of(load)) {
            StringBuilder line = new StringBuilder();
            line.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | %,.0f |",
                    result.contender(),
                    result.jdk(),
                    result.median(Measure.CALLS)));
            for (String other : COMPARED) {
                line.append(ratio(result, results.of(load, other)));
            }
            line.append(String.format(
                    Locale.ROOT,
                    " %s | %s | %s | %.2f + %.2f = %.2f | %,.0f / %,.0f | %.0f | %d |",
                    micros(result.median(Measure.P50)),
                    micros(result.median(Measure.P99)),
                    micros(result.median(Measure.P999)),
                    result.median(Measure.CPU_CLIENT),
                    result.median(Measure.CPU_SERVER),
                    result.median(Measure.CPU),
                    result.median(Measure.BYTES_CLIENT),
                    result.median(Measure.BYTES_SERVER),
                    result.spread(),
                    result.failed()));
            lines.add(line.toString());
        }
        lines.add("");
    }

    private static String ratio(Result result, Optional<Result> other) {
        return other.map(that -> String.format(
                        Locale.ROOT, " %.2f |", result.median(Measure.CALLS) / that.median(Measure.CALLS)))
                .orElse(" |");
    }

    private static String micros(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
    }

    private static void targets(Results results, List<String> lines) {
        lines.add("### Ratios to reach");
        lines.add("");
        lines.add("| load | contender | what | compared with | to reach | measured | reached |");
        lines.add("|---|---|---|---|---:|---:|---|");
        for (Target target : Target.all()) {
            target.ratio(results)
                    .ifPresent(ratio -> lines.add(String.format(
                            Locale.ROOT,
                            "| %s | %s | %s | %s | %s | %.2f | %s |",
                            target.load(),
                            target.contender(),
                            target.measure(),
                            target.other(),
                            target.boundText(),
                            ratio,
                            target.isReachedBy(ratio) ? "yes" : "**no**")));
        }
        for (Load load : results.loads()) {
            results.of(load, "rpc")
                    .ifPresent(own -> results.of(load, "raw-pb").ifPresent(limit -> {
                        lines.add(bytes(load, Measure.BYTES_CLIENT, own, limit));
                        lines.add(bytes(load, Measure.BYTES_SERVER, own, limit));
                    }));
        }
        lines.add("");
    }

    private static String bytes(Load load, Measure measure, Result own, Result limit) {
        double more = own.median(measure) - limit.median(measure);
        return String.format(
                Locale.ROOT,
                "| %s | rpc | %s | raw-pb | at most 300 more | %.0f more | %s |",
                load,
                measure,
                more,
                more <= 300 ? "yes" : "**no**");
    }

    private static void footprints(List<Footprint> footprints, List<String> lines) {
        if (footprints.isEmpty()) {
            return;
        }
        lines.add("### Start and memory");
        lines.add("");
        lines.add(
                "| contender | JDK | server ready ms | client's first reply ms | server heap MiB | resident MiB server / client"
                        + " | idle connection KiB of server heap + direct |");
        lines.add("|---|---:|---:|---:|---:|---:|---:|");
        for (Footprint one : footprints) {
            lines.add(String.format(
                    Locale.ROOT,
                    "| %s | %d | %.0f | %.0f | %.1f | %.0f / %.0f | %.1f + %.1f |",
                    one.contender(),
                    one.jdk(),
                    one.serverStartMillis(),
                    one.clientStartMillis(),
                    one.serverHeapMib(),
                    one.serverResidentMib(),
                    one.clientResidentMib(),
                    one.idleConnectionKib(),
                    one.idleConnectionDirectKib()));
        }
        lines.add("");
    }
}
