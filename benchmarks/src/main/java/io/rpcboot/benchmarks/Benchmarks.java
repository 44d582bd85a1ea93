package io.rpcboot.benchmarks;

import io.rpcboot.benchmarks.process.Jdk;
import io.rpcboot.benchmarks.report.CsvReport;
import io.rpcboot.benchmarks.report.Footprint;
import io.rpcboot.benchmarks.report.MarkdownReport;
import io.rpcboot.benchmarks.report.Pictures;
import io.rpcboot.benchmarks.report.Result;
import io.rpcboot.benchmarks.report.Results;
import io.rpcboot.benchmarks.start.StartTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Runs what the command line asks for, and writes the reports. */
public final class Benchmarks {

    private final Options options;
    private final List<Result> results = new ArrayList<>();
    private final List<Footprint> footprints = new ArrayList<>();

    private Benchmarks(Options options) {
        this.options = options;
    }

    public static void main(String[] args) throws IOException {
        Options options;
        try {
            options = Options.parse(List.of(args));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println(Options.USAGE);
            System.exit(2);
            return;
        }
        new Benchmarks(options).run();
    }

    private void run() throws IOException {
        Files.createDirectories(options.output());
        measure(options.jdk(), false);
        Jdk newer = options.newer();
        if (newer != null) {
            measure(newer, true);
        } else if (options.loads().stream().anyMatch(load -> load.needsVirtualThreads())) {
            System.out.println("no JDK with virtual threads is given (--jdk25): loads with vblock are left out");
        }
        report();
    }

    private void measure(Jdk jdk, boolean virtualThreads) throws IOException {
        try (Campaign campaign = Campaign.of(options, jdk, virtualThreads)) {
            results.addAll(campaign.measure());
            if (options.connections() > 0) {
                footprints.addAll(campaign.footprints());
            }
        }
    }

    private void report() throws IOException {
        Results all = new Results(results);
        StartTimes starts = StartTimes.measure(options.jdk(), options.output().resolve("logs"), options.starts());
        String tables = MarkdownReport.of(all, footprints) + starts.toText();
        System.out.println();
        System.out.println(tables);
        Files.writeString(options.output().resolve("results.md"), tables);
        CsvReport.write(all, options.output().resolve("results.csv"));
        Pictures.write(all, options.output());
        System.out.println("written to " + options.output() + ": results.csv, results.md, pictures");
    }
}
