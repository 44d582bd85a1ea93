package io.rpcboot.demo.launcher;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that the launcher has started, and ends. Safe for use by many threads. */
final class ChildProcess implements AutoCloseable {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final Duration BETWEEN_CHECKS = Duration.ofMillis(100);
    private static final int TAIL_LINES = 30;

    private final String name;
    private final Process process;
    private final Path log;
    private volatile boolean stopping;

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it.
     *
     * @param log where its output goes
     */
    static ChildProcess start(String name, ProcessBuilder command, Path log) {
        try {
            command.redirectErrorStream(true).redirectOutput(log.toFile());
            ChildProcess child = new ChildProcess(name, command.start(), log);
            child.process.onExit().thenAccept(ended -> child.report(ended.exitValue()));
            return child;
        } catch (IOException e) {
            throw new DemoException("cannot start " + name, e);
        }
    }

    private void report(int exitCode) {
        if (!stopping) {
            System.out.println(name + " ended by itself with exit code " + exitCode + "; its log: " + log);
        }
    }

    /**
     * Waits until the address answers with status 200.
     *
     * @throws DemoException if the process ends, or the time is over; shows the end of its log
     */
    void awaitHealth(URI health, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!Http.isUp(health)) {
            if (process.waitFor(BETWEEN_CHECKS.toMillis(), TimeUnit.MILLISECONDS)) {
                stopping = true;
                throw new DemoException(name + " ended with exit code " + process.exitValue() + logTail());
            }
            if (System.nanoTime() - end > 0) {
                throw new DemoException(name + " is not up after " + limit.toSeconds() + " s: " + health + logTail());
            }
        }
    }

    private String logTail() {
        try {
            List<String> lines =
                    Files.readString(log, Charset.defaultCharset()).lines().toList();
            List<String> tail = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
            return "\nThe end of " + log + ":\n    " + String.join("\n    ", tail);
        } catch (IOException e) {
            return "\nIts log cannot be read: " + e;
        }
    }

    void awaitExit() throws InterruptedException {
        process.waitFor();
    }

    /** Asks the process to end, waits for it, and uses force if it takes too long. */
    @Override
    public void close() {
        stopping = true;
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println(
                        name + " is still there after " + STOP_LIMIT.toSeconds() + " s and is ended by force");
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
