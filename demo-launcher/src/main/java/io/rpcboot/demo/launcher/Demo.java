package io.rpcboot.demo.launcher;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All parts of the demo: starts them, and stops them in the reverse order, the client first. Safe to close from another thread. */
final class Demo implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final Home home;
    private final Ports ports;
    private final RunningParts parts = new RunningParts();
    private final List<ChildProcess> processes = new ArrayList<>();

    Demo(Home home, Ports ports) {
        this.home = home;
        this.ports = ports;
    }

    /** Starts everything and waits until all of it is up. */
    void start(Optional<String> existingZookeeper) throws InterruptedException {
        JavaCommand java = new JavaCommand(home);
        Registry registry = registry(existingZookeeper);
        UserDatabase database = parts.add(UserDatabase.start(ports.of(Port.DATABASE)));

        ChildProcess first = userService(java, registry, database, 1, Port.RPC_1, Port.MANAGEMENT_1);
        ChildProcess second = userService(java, registry, database, 2, Port.RPC_2, Port.MANAGEMENT_2);
        ChildProcess client = friendClient(java, registry);

        first.awaitHealth(health(Port.MANAGEMENT_1), START_LIMIT);
        second.awaitHealth(health(Port.MANAGEMENT_2), START_LIMIT);
        client.awaitHealth(health(Port.PAGE), START_LIMIT);
    }

    private Registry registry(Optional<String> existing) throws InterruptedException {
        if (existing.isPresent()) {
            ExistingZooKeeper zookeeper = new ExistingZooKeeper(existing.get());
            String localAddress = zookeeper.localAddress();
            zookeeper.requireNoOthers();
            return new Registry(existing.get(), localAddress);
        }
        int port = ports.of(Port.ZOOKEEPER);
        parts.add(EmbeddedZooKeeper.start(port, home.run().resolve("zookeeper")));
        return new Registry("127.0.0.1:" + port, "127.0.0.1");
    }

    private ChildProcess userService(
            JavaCommand java, Registry registry, UserDatabase database, int number, Port rpc, Port management) {
        ProcessBuilder command = java.of(
                "demo-user-service",
                Map.of(
                        "spring.cloud.zookeeper.connect-string", registry.connectString(),
                        "rpc.server.address", registry.localAddress(),
                        "rpc.server.port", ports.of(rpc),
                        "server.port", ports.of(management)));
        // Not on the command line, where every user of the machine can read the password.
        command.environment().putAll(database.environment());
        return start("demo-user-service-" + number, command);
    }

    private ChildProcess friendClient(JavaCommand java, Registry registry) {
        return start(
                "demo-friend-client",
                java.of(
                        "demo-friend-client",
                        Map.of(
                                "spring.cloud.zookeeper.connect-string", registry.connectString(),
                                "server.port", ports.of(Port.PAGE))));
    }

    private ChildProcess start(String name, ProcessBuilder command) {
        ChildProcess process =
                parts.add(ChildProcess.start(name, command, home.run().resolve(name + ".log")));
        processes.add(process);
        return process;
    }

    /**
     * Waits until the demo is closed from another thread.
     *
     * @throws DemoException if all processes have ended by themselves
     */
    void awaitClose() throws InterruptedException {
        for (ChildProcess process : processes) {
            process.awaitExit();
        }
        if (!parts.isClosed()) {
            throw new DemoException("all processes have ended by themselves");
        }
    }

    private URI health(Port management) {
        return address(management).resolve("/actuator/health");
    }

    /** Where one of the web servers is reached. */
    URI address(Port port) {
        return URI.create("http://127.0.0.1:" + ports.of(port) + '/');
    }

    @Override
    public void close() {
        parts.close();
    }
}
