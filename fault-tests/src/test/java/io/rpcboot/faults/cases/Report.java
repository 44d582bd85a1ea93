package io.rpcboot.faults.cases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The figures of all runs: {@code faults.csv}, to which runs are appended, and {@code faults.md}, which shows the newest run of each case. A
 * run's lines stand together. Used by one thread.
 */
final class Report {

    private static final String SKIPPED = "skipped";
    private static final String HEADER = "case,figure,bound,unit,pass";

    private final Path csv;
    private final Path markdown;

    Report(Path directory) throws IOException {
        Files.createDirectories(directory);
        this.csv = directory.resolve("faults.csv");
        this.markdown = directory.resolve("faults.md");
        if (!Files.exists(csv)) {
            Files.writeString(csv, HEADER + "\n");
        }
    }

    void add(FaultCase one, List<Figure> figures) throws IOException {
        List<String> lines =
                figures.stream().map(figure -> line(one.id(), figure)).toList();
        Files.write(csv, lines, StandardOpenOption.APPEND);
        writeMarkdown();
    }

    /** Says that the case could not be run on this machine; what an earlier run found stands. */
    void skipped(FaultCase one, String why) throws IOException {
        String line = String.join(",", one.id(), "", "", field(why), SKIPPED);
        Files.write(csv, List.of(line), StandardOpenOption.APPEND);
        writeMarkdown();
    }

    /** A text that cannot be taken for several fields or lines. */
    private static String field(String text) {
        return text.replace(',', ';').replaceAll("\\s+", " ");
    }

    private static String line(String id, Figure figure) {
        return String.join(
                ",",
                id,
                figure.valueText(),
                figure.boundText(),
                field(figure.unit()),
                Boolean.toString(figure.passes()));
    }

    private static String passed(String field) {
        return field.equals("true") ? "yes" : field.equals(SKIPPED) ? SKIPPED : "**no**";
    }

    private void writeMarkdown() throws IOException {
        Map<String, Map<String, String[]>> newest = new LinkedHashMap<>();
        for (String line : Files.readAllLines(csv)) {
            String[] fields = line.split(",");
            if (fields.length == 5 && !line.equals(HEADER)) {
                Map<String, String[]> ofCase = newest.computeIfAbsent(fields[0], id -> new LinkedHashMap<>());
                ofCase.values().removeIf(known -> known[4].equals(SKIPPED));
                ofCase.put(fields[3], fields);
            }
        }
        List<String> text = new ArrayList<>(List.of(
                "# Calls under faults", "", "The newest figures of each case; all runs are in faults.csv.", ""));
        text.add("| case | figure | bound | what | pass |");
        text.add("| --- | ---: | ---: | --- | --- |");
        newest.forEach((id, figures) -> figures.values()
                .forEach(fields -> text.add("| " + id + " | " + fields[1]
                        + " | " + fields[2].replace("<=", "at most ").replace(">=", "at least ") + " | " + fields[3]
                        + " | "
                        + passed(fields[4]) + " |")));
        text.addAll(List.of("", "## Cases", ""));
        for (FaultCase one : Catalogue.all()) {
            text.add("- " + one.id() + ": " + one.description() + ".");
        }
        Files.write(markdown, text);
    }
}
