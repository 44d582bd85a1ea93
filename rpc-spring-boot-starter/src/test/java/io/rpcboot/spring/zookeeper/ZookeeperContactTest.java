package io.rpcboot.spring.zookeeper;

import static io.rpcboot.spring.zookeeper.TestRegistry.GENEROUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rpcboot.naming.RecordedLists;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ZookeeperContactTest {

    /** Longer than any test. */
    private static final Duration FOR_EVER = Duration.ofHours(1);

    private static final Duration SHORT = Duration.ofMillis(200);
    private static final String NOBODY = "127.0.0.1:1";

    @RegisterExtension
    private final TestRegistry registry = new TestRegistry();

    @Test
    void aServerThatRefusesIsNotWaitedFor() {
        ZookeeperContact contact = contact(client(NOBODY), FOR_EVER);

        await().atMost(GENEROUS).until(() -> contact.patienceLeft(System.nanoTime()) == 0);
        assertThat(contact.isConnected()).isFalse();
    }

    @Test
    void oneServerOfSeveralThatRefusesMeansNothing() {
        List<Long> inVain;
        do {
            ZookeeperContact contact =
                    contact(client(NOBODY + ',' + registry.server().getConnectString()), FOR_EVER);
            inVain = new CopyOnWriteArrayList<>();
            List<Long> recorded = inVain;
            contact.onChange(() -> {
                if (!contact.isConnected()) {
                    recorded.add(contact.patienceLeft(System.nanoTime()));
                }
            });
            await().atMost(GENEROUS).until(contact::isConnected);
        } while (inVain.isEmpty());

        assertThat(inVain).allSatisfy(left -> assertThat(left).isPositive());
    }

    @Test
    void aServerThatHangsIsWaitedForAsLongAsPatienceLasts() throws Exception {
        try (ServerSocket hanging = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ZookeeperContact contact = contact(client("127.0.0.1:" + hanging.getLocalPort()), FOR_EVER);
            assertThat(contact.patienceLeft(System.nanoTime())).isPositive();

            ZookeeperContact impatient = contact(contact.curator(), SHORT);

            await().atMost(GENEROUS).until(() -> impatient.patienceLeft(System.nanoTime()) <= 0);
        }
    }

    @Test
    void whoAsksLaterWaitsNoLongerWhileThereIsNoConnection() throws Exception {
        try (ServerSocket hanging = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ZookeeperContact contact = contact(client("127.0.0.1:" + hanging.getLocalPort()), FOR_EVER);
            long soon = contact.patienceLeft(System.nanoTime());

            long late = contact.patienceLeft(System.nanoTime() + TimeUnit.MINUTES.toNanos(1));

            assertThat(late).isLessThanOrEqualTo(soon);
        }
    }

    @Test
    void whoAsksWhileThereIsAConnectionGetsTheWholePatience() {
        ZookeeperContact contact = contact(registry.client(), SHORT);
        await().atMost(GENEROUS).until(contact::isConnected);

        long left = contact.patienceLeft(System.nanoTime() + TimeUnit.MINUTES.toNanos(1));

        assertThat(left).isGreaterThan(TimeUnit.SECONDS.toNanos(50));
    }

    @Test
    void aConnectionIsFoundThatWasThereBefore() throws Exception {
        CuratorFramework client = registry.client();
        client.blockUntilConnected();

        assertThat(contact(client, SHORT).isConnected()).isTrue();
    }

    @Test
    void aLossAloneIsNoFailedAttempt() throws Exception {
        CuratorFramework client = registry.client();
        client.blockUntilConnected();
        ZookeeperContact contact = contact(client, FOR_EVER);
        List<Long> left = new CopyOnWriteArrayList<>();
        contact.onChange(() -> left.add(contact.patienceLeft(System.nanoTime())));

        registry.server().stop();

        await().atMost(GENEROUS).until(() -> !left.isEmpty());
        assertThat(left.get(0)).isPositive();
        await().atMost(GENEROUS).until(() -> left.get(left.size() - 1) == 0);
        assertThat(contact.age()).isPositive();
    }

    @Test
    void aWatchIsToldAtOnceWhereEveryServerRefuses() {
        RecordedLists lists = new RecordedLists();
        ZookeeperResolver resolver = registry.closing(new ZookeeperResolver(
                contact(client(NOBODY), FOR_EVER),
                TestRegistry.ROOT,
                FOR_EVER,
                service -> Optional.empty(),
                SavedLists.none()));

        resolver.watch(Offers.SERVICE, lists);

        lists.awaitAddresses();
    }

    @Test
    void aWatchIsToldOnceAHangingServerWasWaitedFor() throws Exception {
        try (ServerSocket hanging = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            RecordedLists lists = new RecordedLists();
            ZookeeperResolver resolver = registry.closing(new ZookeeperResolver(
                    contact(client("127.0.0.1:" + hanging.getLocalPort()), SHORT),
                    TestRegistry.ROOT,
                    FOR_EVER,
                    service -> Optional.empty(),
                    SavedLists.none()));

            resolver.watch(Offers.SERVICE, lists);

            lists.awaitAddresses();
        }
    }

    private CuratorFramework client(String connectString) {
        CuratorFramework client =
                registry.closing(CuratorFrameworkFactory.newClient(connectString, 10_000, 3_000, new RetryOneTime(1)));
        client.start();
        return client;
    }

    private ZookeeperContact contact(CuratorFramework client, Duration patience) {
        return registry.closing(new ZookeeperContact(client, patience));
    }
}
