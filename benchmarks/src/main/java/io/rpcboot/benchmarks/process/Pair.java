package io.rpcboot.benchmarks.process;

import io.rpcboot.benchmarks.load.Calls;
import io.rpcboot.benchmarks.load.Load;
import io.rpcboot.benchmarks.load.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The server and the client process of one contender. For use by one thread. */
public final class Pair implements AutoCloseable {

    private final String contender;
    private final Child server;
    private final Child client;

    private Pair(String contender, Child server, Child client) {
        this.contender = contender;
        this.server = server;
        this.client = client;
    }

    /** Returns when the client has made its first call. */
    public static Pair start(String contender, Jdk jdk, Path logs) throws IOException {
        List<String> arguments = List.of(contender, Integer.toString(Ports.free()));
        String name = contender.replace(':', '-') + "-" + jdk.version();
        Child server = Child.start(jdk, logs, name + "-server", ServerMain.class, arguments);
        try {
            return new Pair(contender, server, Child.start(jdk, logs, name + "-client", ClientMain.class, arguments));
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    public String contender() {
        return contender;
    }

    /** From the start of the server's process to its being ready. */
    public double serverStartMillis() {
        return server.startMillis();
    }

    /** From the start of the client's process to its first reply. */
    public double clientStartMillis() {
        return client.startMillis();
    }

    /** Process ids, the server's first. */
    public List<Long> pids() {
        return List.of(server.pid(), client.pid());
    }

    /** Lets the client make calls for this time. */
    public Slice run(Load load, long nanos) throws IOException {
        return run("run", load, nanos);
    }

    /** As {@link #run}, with the calls spread over the connections that {@link #connect} opened. */
    public Slice runSpread(Load load, long nanos) throws IOException {
        return run("run-spread", load, nanos);
    }

    private Slice run(String command, Load load, long nanos) throws IOException {
        server.ask("mark");
        Calls calls = CallsLine.read(client.ask(command + " " + load + " " + nanos));
        Usage used = UsageLine.read(server.ask("usage"));
        return new Slice(calls, used);
    }

    /** Lets the client make calls for this time, and draws where both processes spend it, as {@code <prefix>-server.html} and so on. */
    public void profile(Load load, long nanos, Path prefix) throws IOException {
        server.ask("profile start");
        client.ask("profile start");
        run(load, nanos);
        server.ask("profile stop " + prefix + "-server.html");
        client.ask("profile stop " + prefix + "-client.html");
    }

    /** Opens further connections from the client to the server. */
    public void connect(int connections) throws IOException {
        client.ask("connect " + connections);
    }

    public Memory serverMemory() throws IOException {
        return Memory.ofLine(server.ask("memory"));
    }

    public Memory clientMemory() throws IOException {
        return Memory.ofLine(client.ask("memory"));
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }
}
