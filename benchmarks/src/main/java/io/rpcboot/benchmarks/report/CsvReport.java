package io.rpcboot.benchmarks.report;

import io.rpcboot.benchmarks.report.Result.Measure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The medians, a line for each load and contender. */
public final class CsvReport {

    private static final String HEAD =
            "load,contender,jdk,calls_per_s,p50_us,p99_us,p999_us,cpu_us_client,cpu_us_server,alloc_bytes_client,"
                    + "alloc_bytes_server";

    private CsvReport() {}

    public static void write(Results results, Path file) throws IOException {
        List<String> lines = new ArrayList<>(List.of(HEAD));
        for (Result result : results.all()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%s,%s,%d,%.0f,%.1f,%.1f,%.1f,%.3f,%.3f,%.1f,%.1f",
                    result.load(),
                    result.contender(),
                    result.jdk(),
                    result.median(Measure.CALLS),
                    result.median(Measure.P50),
                    result.median(Measure.P99),
                    result.median(Measure.P999),
                    result.median(Measure.CPU_CLIENT),
                    result.median(Measure.CPU_SERVER),
                    result.median(Measure.BYTES_CLIENT),
                    result.median(Measure.BYTES_SERVER)));
        }
        Files.write(file, lines);
    }
}
