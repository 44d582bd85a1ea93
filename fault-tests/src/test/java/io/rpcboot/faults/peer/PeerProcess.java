package io.rpcboot.faults.peer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A JVM of its own that can be killed, frozen and asked to end. Never outlives the process that started it. Used by one thread.
 */
public final class PeerProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private final String name;
    private final Process process;
    private final String address;
    private final int port;
    private final Thread onShutdown;

    private PeerProcess(String name, Process process, String address, int port) {
        this.name = name;
        this.process = process;
        this.address = address;
        this.port = port;
        this.onShutdown = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(onShutdown);
    }

    /**
     * Starts a class with this process's class path. Its output goes to a file of its name in the directory.
     *
     * @param port where the peer will listen on loopback
     */
    public static PeerProcess start(Path directory, String name, int port, Class<?> main, List<String> arguments)
            throws IOException {
        return start(PeerHost.LOOPBACK, directory, name, port, main, arguments);
    }

    /** As above, elsewhere than on loopback; the arguments must say where it is to listen. */
    public static PeerProcess start(
            PeerHost host, Path directory, String name, int port, Class<?> main, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(host.command());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        Path log = directory.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return new PeerProcess(name, builder.start(), host.address(), port);
    }

    public String name() {
        return name;
    }

    /** Where it is reached. */
    public String address() {
        return address;
    }

    public int port() {
        return port;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until the port accepts connections. */
    public PeerProcess awaitListening() throws InterruptedException, TimeoutException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (!accepts()) {
            if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(
                        name + " ended with exit code " + process.exitValue() + " instead of listening on " + port);
            }
            if (System.nanoTime() - end > 0) {
                throw new TimeoutException(name + " does not listen on " + port + " after " + START_LIMIT);
            }
        }
        return this;
    }

    private boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends it at once, as a crash does, and waits until it is gone. */
    public void kill() throws InterruptedException, TimeoutException {
        process.destroyForcibly();
        awaitExit(Duration.ofSeconds(10));
    }

    /** Asks it to end, and does not wait. */
    public void terminate() {
        process.destroy();
    }

    /** Stops its clock: it keeps its connections and answers nothing. */
    public void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Lets it go on after {@link #freeze()}. */
    public void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("kill -" + signal + " " + process.pid() + " failed with exit code " + exit);
        }
    }

    /** Waits until the process is gone; the time it took from now. */
    public Duration awaitExit(Duration limit) throws InterruptedException, TimeoutException {
        long start = System.nanoTime();
        if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new TimeoutException(name + " is still there after " + limit);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Kills it if it still runs. */
    @Override
    public void close() throws InterruptedException, TimeoutException {
        kill();
        Runtime.getRuntime().removeShutdownHook(onShutdown);
    }
}
