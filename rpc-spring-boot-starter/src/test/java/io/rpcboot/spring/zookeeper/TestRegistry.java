package io.rpcboot.spring.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.ExponentialBackoffRetry;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real ZooKeeper for each test, with clients that are closed after it. */
final class TestRegistry implements BeforeEachCallback, AfterEachCallback {

    static final String ROOT = "/rpc";
    static final Duration GENEROUS = Duration.ofSeconds(30);

    private static final int TICK_MILLIS = 500;
    private static final int SESSION_MILLIS = 10_000;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private TestingServer server;

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        server = new TestingServer(
                new InstanceSpec(null, -1, -1, -1, true, -1, TICK_MILLIS, -1, Map.of(), "127.0.0.1"), true);
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
        server.close();
    }

    TestingServer server() {
        return server;
    }

    /** A client with a session of its own; ready to use, though perhaps not connected yet. */
    CuratorFramework client() {
        return client(SESSION_MILLIS);
    }

    CuratorFramework client(int sessionMillis) {
        CuratorFramework client = CuratorFrameworkFactory.newClient(
                server.getConnectString(), sessionMillis, 3_000, new ExponentialBackoffRetry(50, 10, 500));
        client.start();
        return closing(client);
    }

    /** A resolver with a session of its own, which waits for ZooKeeper's first list however long that takes. */
    ZookeeperResolver resolver() {
        return closing(new ZookeeperResolver(
                new ZookeeperContact(client(), Duration.ofHours(1)),
                ROOT,
                Duration.ofSeconds(15),
                service -> Optional.empty(),
                SavedLists.none()));
    }

    /** Closes it after the test, before what was opened earlier. */
    <T extends AutoCloseable> T closing(T resource) {
        open.push(resource);
        return resource;
    }

    /** Ends the session at the server: its ephemeral nodes go, and the client learns of it when it comes back. */
    void expire(CuratorFramework client) throws Exception {
        ZooKeeper victim = client.getZookeeperClient().getZooKeeper();
        long session = victim.getSessionId();
        byte[] password = victim.getSessionPasswd();
        // The victim, whom its twin cuts off, may take the session back before the twin has closed it.
        await().atMost(GENEROUS).until(() -> closeByTwin(session, password), KeeperState.Expired::equals);
    }

    /** Connects with the session and closes it; in which state it was found. */
    private KeeperState closeByTwin(long session, byte[] password) throws Exception {
        CompletableFuture<KeeperState> found = new CompletableFuture<>();
        ZooKeeper twin = new ZooKeeper(
                server.getConnectString(),
                SESSION_MILLIS,
                event -> {
                    KeeperState state = event.getState();
                    if (state == KeeperState.SyncConnected || state == KeeperState.Expired) {
                        found.complete(state);
                    }
                },
                session,
                password);
        KeeperState before = found.get(GENEROUS.toSeconds(), TimeUnit.SECONDS);
        twin.close();
        return before;
    }

    static long sessionOf(CuratorFramework client) throws Exception {
        return client.getZookeeperClient().getZooKeeper().getSessionId();
    }

    /** Waits until the node belongs to the session that the client has now. */
    static void awaitOwned(String path, CuratorFramework owner, CuratorFramework reader) {
        await().atMost(GENEROUS).ignoreExceptions().untilAsserted(() -> {
            Stat stat = reader.checkExists().forPath(path);
            assertThat(stat).isNotNull();
            assertThat(stat.getEphemeralOwner()).isEqualTo(sessionOf(owner));
        });
    }
}
