package io.rpcboot.faults.registry;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.ExponentialBackoffRetry;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;

/** A ZooKeeper in this process that goes away and comes back with what it had, and ends sessions when asked. Used by one thread. */
public final class ZookeeperControl implements AutoCloseable {

    public static final String ROOT = "/rpc";

    private static final int TICK_MILLIS = 500;
    private static final int SESSION_MILLIS = 10_000;

    private final Path directory;
    private final int port;
    private final Deque<CuratorFramework> clients = new ArrayDeque<>();
    private ZooKeeperServer server;
    private ServerCnxnFactory connections;
    private boolean running;

    private ZookeeperControl(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    /**
     * Starts it on a port of loopback.
     *
     * @param directory for its data
     */
    public static ZookeeperControl start(Path directory, int port) throws Exception {
        ZookeeperControl control = new ZookeeperControl(Files.createDirectories(directory), port);
        control.restart();
        return control;
    }

    public String address() {
        return "127.0.0.1:" + port;
    }

    /** A client with a session of its own, closed with the server; perhaps not connected yet. */
    public CuratorFramework client() {
        CuratorFramework client = CuratorFrameworkFactory.newClient(
                address(), SESSION_MILLIS, 3_000, new ExponentialBackoffRetry(50, 10, 500));
        client.start();
        clients.push(client);
        return client;
    }

    /** Ends it; connections break. Its data stays. */
    public void stop() {
        if (running) {
            running = false;
            connections.shutdown();
            server.shutdown();
        }
    }

    /** Starts it again with its data, at the same address. */
    public void restart() throws IOException, InterruptedException {
        stop();
        server = new ZooKeeperServer(directory.toFile(), directory.toFile(), TICK_MILLIS);
        connections = ServerCnxnFactory.createFactory(new InetSocketAddress("127.0.0.1", port), 0);
        connections.startup(server);
        running = true;
    }

    /** The sessions that there are. */
    public Set<Long> sessions() {
        return Set.copyOf(server.getSessionTracker().globalSessions());
    }

    /** Ends a session, of whatever process: its ephemeral nodes go, and its owner learns of it. */
    public void expire(long session) {
        server.closeSession(session);
    }

    @Override
    public void close() {
        while (!clients.isEmpty()) {
            clients.pop().close();
        }
        stop();
    }
}
