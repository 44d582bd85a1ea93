package io.rpcboot.benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own that answers commands; what it logs goes to a file. For use by one thread. */
public final class Child implements AutoCloseable {

    private static final List<String> OPTIONS = List.of("-Xms400m", "-Xmx400m", "-XX:+UseG1GC");
    private static final int FIRST_WITH_WARNINGS = 24;

    private final String name;
    private final Process process;
    private final Path log;
    private final BufferedReader in;
    private final PrintStream out;
    private final double startMillis;

    private Child(String name, Process process, Path log, long spawnedAt) throws IOException {
        this.name = name;
        this.process = process;
        this.log = log;
        this.in = process.inputReader(StandardCharsets.UTF_8);
        this.out = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        read();
        this.startMillis = (System.nanoTime() - spawnedAt) / 1e6;
    }

    static Child start(Jdk jdk, Path logs, String name, Class<?> main, List<String> arguments) throws IOException {
        return start(jdk, logs, name, System.getProperty("java.class.path"), main, arguments);
    }

    /** Returns when the process says that it is ready. */
    public static Child start(Jdk jdk, Path logs, String name, String classPath, Class<?> main, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(jdk.java().toString()));
        command.addAll(OPTIONS);
        if (jdk.version() >= FIRST_WITH_WARNINGS) {
            command.add("--enable-native-access=ALL-UNNAMED");
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(arguments);
        Files.createDirectories(logs);
        Path log = logs.resolve(name + ".log");
        long spawnedAt = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        try {
            return new Child(name, process, log, spawnedAt);
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** From the start of the process to its being ready. */
    public double startMillis() {
        return startMillis;
    }

    long pid() {
        return process.pid();
    }

    String ask(String command) throws IOException {
        out.println(command);
        return read();
    }

    private String read() throws IOException {
        String line = in.readLine();
        if (line == null) {
            throw new IOException(name + " has ended; see " + log);
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        out.close();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        in.close();
    }
}
