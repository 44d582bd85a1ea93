package io.rpcboot.faults.registry;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.ExponentialBackoffRetry;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;

/** A ZooKeeper in this process that goes away and comes back with what it had, and sessions that end when asked. Used by one thread. */
public final class ZookeeperControl implements AutoCloseable {

    public static final String ROOT = "/rpc";

    private static final int TICK_MILLIS = 500;
    private static final int SESSION_MILLIS = 10_000;

    private final TestingServer server;
    private final Deque<CuratorFramework> clients = new ArrayDeque<>();

    private ZookeeperControl(TestingServer server) {
        this.server = server;
    }

    public static ZookeeperControl start() throws Exception {
        return new ZookeeperControl(new TestingServer(
                new InstanceSpec(null, -1, -1, -1, true, -1, TICK_MILLIS, -1, Map.of(), "127.0.0.1"), true));
    }

    public String address() {
        return server.getConnectString();
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
    public void stop() throws IOException {
        server.stop();
    }

    /** Starts it again with its data, at the same address. */
    public void restart() throws Exception {
        server.restart();
    }

    /** Ends the session at the server: its ephemeral nodes go, and its owner learns of it when it comes back. */
    public void expire(long session, byte[] password) throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        ZooKeeper twin = new ZooKeeper(
                address(),
                SESSION_MILLIS,
                event -> {
                    if (event.getState() == KeeperState.SyncConnected) {
                        connected.countDown();
                    }
                },
                session,
                password);
        try {
            if (!connected.await(10, TimeUnit.SECONDS)) {
                throw new TimeoutException("no connection with session " + Long.toHexString(session));
            }
        } finally {
            twin.close();
        }
    }

    @Override
    public void close() throws IOException {
        while (!clients.isEmpty()) {
            clients.pop().close();
        }
        server.close();
    }
}
