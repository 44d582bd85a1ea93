package io.rpcboot.spring.zookeeper;

import static io.rpcboot.spring.zookeeper.Offers.NOON;
import static io.rpcboot.spring.zookeeper.Offers.path;
import static io.rpcboot.spring.zookeeper.TestRegistry.GENEROUS;
import static io.rpcboot.spring.zookeeper.TestRegistry.awaitOwned;
import static io.rpcboot.spring.zookeeper.TestRegistry.sessionOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.rpcboot.Endpoint;
import io.rpcboot.EndpointAttributes;
import io.rpcboot.EndpointStatus;
import io.rpcboot.naming.EndpointAnnouncer.Announcement;
import io.rpcboot.naming.Offer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.api.CuratorWatcher;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.x.discovery.ServiceDiscovery;
import org.apache.curator.x.discovery.ServiceDiscoveryBuilder;
import org.apache.curator.x.discovery.ServiceInstance;
import org.apache.curator.x.discovery.details.JsonInstanceSerializer;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.cloud.zookeeper.discovery.ZookeeperInstance;

class ZookeeperAnnouncerTest {

    /** Not even a random part of it ends within a test: what happens before is not the regular comparison's work. */
    private static final Duration NEVER = Duration.ofDays(3650);

    @RegisterExtension
    private final TestRegistry registry = new TestRegistry();

    private CuratorFramework observer;

    @BeforeEach
    void observe() {
        observer = registry.client();
    }

    @Test
    void theNodeIsEphemeralAndTheIndexAndTheContractStay() throws Exception {
        Provider provider = Provider.start(registry, Offers.at(8000)).awaitAnnounced();
        assertThat(observer.checkExists().forPath(path(8000)).getEphemeralOwner())
                .isEqualTo(sessionOf(provider.client()));

        provider.withdraw();

        assertThat(observer.checkExists().forPath(path(8000))).isNull();
        String entry = "/rpc/services/" + Offers.SERVICE + '/' + Offers.APPLICATION;
        assertThat(observer.getData().forPath(entry)).isEmpty();
        assertThat(observer.getData().forPath("/rpc/contracts/" + Offers.FINGERPRINT))
                .isEqualTo(Offers.CONTRACT.toByteArray());
    }

    @Test
    void aSpringCloudClientWithOurEndpointsAsItsRootSeesTheApplication() throws Exception {
        Provider.start(registry, Offers.at(8000)).awaitAnnounced();
        ServiceDiscovery<ZookeeperInstance> springCloud =
                registry.closing(ServiceDiscoveryBuilder.builder(ZookeeperInstance.class)
                        .client(observer)
                        .basePath("/rpc/endpoints")
                        .serializer(new JsonInstanceSerializer<>(ZookeeperInstance.class))
                        .build());

        assertThat(springCloud.queryForNames()).containsExactly(Offers.APPLICATION);
        assertThat(springCloud.queryForInstances(Offers.APPLICATION))
                .extracting(ServiceInstance::getAddress, ServiceInstance::getPort)
                .containsExactly(tuple("127.0.0.1", 8000));
    }

    @Test
    void anExpiredSessionIsFollowedByANodeOfTheNewOne() throws Exception {
        Provider provider = Provider.start(registry, Offers.at(8000), NEVER).awaitAnnounced();
        long before = sessionOf(provider.client());

        registry.expire(provider.client());

        awaitOwned(path(8000), provider.client(), observer);
        assertThat(sessionOf(provider.client())).isNotEqualTo(before);
    }

    @Test
    void afterAnExpiredSessionTheAnnouncerTakesTheTimeOfAReconnect() throws Exception {
        CuratorFramework client = registry.client();
        ZookeeperAnnouncer announcer =
                registry.closing(new ZookeeperAnnouncer(client, TestRegistry.ROOT, NEVER, NEVER));
        announcer.announce(Offers.at(8000));
        awaitOwned(path(8000), client, observer);
        observer.delete().forPath(path(8000));
        awaitOwned(path(8000), client, observer);
        CountDownLatch lost = new CountDownLatch(1);
        CountDownLatch reconnected = new CountDownLatch(1);
        client.getConnectionStateListenable().addListener((curator, state) -> {
            if (state == ConnectionState.LOST) {
                lost.countDown();
            } else if (state == ConnectionState.RECONNECTED && lost.getCount() == 0) {
                reconnected.countDown();
            }
        });

        registry.expire(client);
        assertThat(reconnected.await(GENEROUS.toSeconds(), TimeUnit.SECONDS)).isTrue();

        // What would be done at the event of the expired session comes before what is done now.
        announcer.announce(Offers.at(8001));
        awaitOwned(path(8001), client, observer);
        observer.delete().forPath(path(8001));
        awaitOwned(path(8001), client, observer);
        assertThat(observer.checkExists().forPath(path(8000))).isNull();
    }

    @Test
    void aQuickRestartTakesTheAddressOverAndOutlivesTheOldSession() throws Exception {
        Provider crashed = Provider.start(registry, Offers.at(8000, 1, NOON)).awaitAnnounced();
        crashed.hang();

        Provider restarted = Provider.start(registry, Offers.at(8000, 2, NOON.plusSeconds(1)), NEVER)
                .awaitAnnounced();
        Stat taken = observer.checkExists().forPath(path(8000));
        crashed.die();

        assertThat(taken.getEphemeralOwner()).isEqualTo(sessionOf(restarted.client()));
        assertThat(observer.checkExists().forPath(path(8000))).isEqualTo(taken);
    }

    @Test
    void aNodeOfTheSameProcessFromAFormerSessionIsReplaced() throws Exception {
        Offer offer = Offers.at(8000);
        CuratorFramework former = registry.client();
        former.create()
                .creatingParentsIfNeeded()
                .withMode(CreateMode.EPHEMERAL)
                .forPath(path(8000), Offers.content(offer));

        Provider provider = Provider.start(registry, offer, NEVER).awaitAnnounced();

        awaitOwned(path(8000), provider.client(), observer);
    }

    @Test
    void theOlderOfTwoLivingProcessesYieldsAndNamesBoth() throws Exception {
        Provider older = Provider.start(registry, Offers.at(8000, 0xa1, NOON)).awaitAnnounced();

        Provider younger = Provider.start(registry, Offers.at(8000, 0xb2, NOON.plusSeconds(1)))
                .awaitAnnounced();

        older.awaitConflict();
        assertThat(older.announcement().state().announced()).isFalse();
        assertThat(older.announcement().state().detail())
                .contains("incarnation a1")
                .contains("incarnation b2");
        awaitOwned(path(8000), younger.client(), observer);
    }

    @Test
    void theOlderOneComesBackWhenTheYoungerLeaves() throws Exception {
        Provider younger = Provider.start(registry, Offers.at(8000, 2, NOON.plusSeconds(1)))
                .awaitAnnounced();
        Provider older = Provider.start(registry, Offers.at(8000, 1, NOON), NEVER);
        older.awaitConflict();

        younger.withdraw();

        older.awaitAnnounced();
        awaitOwned(path(8000), older.client(), observer);
    }

    @Test
    void theOneThatYieldedLeavesTheNodeAloneWhenItStops() throws Exception {
        Provider younger = Provider.start(registry, Offers.at(8000, 2, NOON.plusSeconds(1)))
                .awaitAnnounced();
        Provider older = Provider.start(registry, Offers.at(8000, 1, NOON));
        older.awaitConflict();

        older.withdraw();

        older.awaitStanding("withdrawn");
        assertThat(observer.checkExists().forPath(path(8000)).getEphemeralOwner())
                .isEqualTo(sessionOf(younger.client()));
    }

    @Test
    void aNodeDeletedByHandComesBack() throws Exception {
        Provider provider = Provider.start(registry, Offers.at(8000)).awaitAnnounced();

        observer.delete().deletingChildrenIfNeeded().forPath("/rpc");

        awaitOwned(path(8000), provider.client(), observer);
        // Deleted in the middle of a comparison, the index is missed by the next one only.
        String entry = "/rpc/services/" + Offers.SERVICE + '/' + Offers.APPLICATION;
        await().atMost(GENEROUS)
                .untilAsserted(
                        () -> assertThat(observer.checkExists().forPath(entry)).isNotNull());
    }

    @Test
    void aNodeDeletedByHandIsMissedAtOnce() throws Exception {
        Provider provider = Provider.start(registry, Offers.at(8000), NEVER).awaitAnnounced();

        observer.delete().forPath(path(8000));

        awaitOwned(path(8000), provider.client(), observer);
    }

    @Test
    void contentOverwrittenByHandIsRepaired() throws Exception {
        Provider.start(registry, Offers.at(8000), NEVER).awaitAnnounced();
        byte[] written = observer.getData().forPath(path(8000));

        observer.setData().forPath(path(8000), "by hand".getBytes(StandardCharsets.UTF_8));

        await().atMost(GENEROUS)
                .untilAsserted(
                        () -> assertThat(observer.getData().forPath(path(8000))).isEqualTo(written));
    }

    @Test
    void whatSomebodyElseLeftAtTheAddressIsReplaced() throws Exception {
        observer.create().creatingParentsIfNeeded().forPath(path(8000), new byte[900_000]);
        CuratorFramework stranger = registry.client();
        stranger.create()
                .withMode(CreateMode.EPHEMERAL)
                .forPath(path(8001), "not JSON".getBytes(StandardCharsets.UTF_8));

        Provider first = Provider.start(registry, Offers.at(8000), NEVER).awaitAnnounced();
        Provider second = Provider.start(registry, Offers.at(8001), NEVER).awaitAnnounced();

        awaitOwned(path(8000), first.client(), observer);
        awaitOwned(path(8001), second.client(), observer);
    }

    @Test
    void aRestartOfZookeeperThatKeepsTheSessionLeavesTheNodeAlone() throws Exception {
        Provider provider = Provider.start(registry, Offers.at(8000)).awaitAnnounced();
        Stat before = observer.checkExists().forPath(path(8000));

        registry.server().stop();
        provider.awaitStanding("cannot be reached");
        registry.server().restart();

        provider.awaitAnnounced();
        assertThat(observer.checkExists().forPath(path(8000))).isEqualTo(before);
    }

    @Test
    void anOfferMadeWhileZookeeperIsAwayIsAnnouncedWhenItComes() throws Exception {
        registry.server().stop();
        Provider provider = Provider.start(registry, Offers.at(8000), NEVER);
        provider.awaitStanding("cannot be reached");
        assertThat(provider.announcer().connected()).isFalse();

        registry.server().restart();

        provider.awaitAnnounced();
        awaitOwned(path(8000), provider.client(), observer);
    }

    @Test
    void aWithdrawalWhileZookeeperIsAwayReturnsAndIsMadeGoodLater() throws Exception {
        Provider provider = Provider.start(registry, Offers.at(8000)).awaitAnnounced();
        registry.server().stop();
        provider.awaitStanding("cannot be reached");

        provider.withdraw();
        registry.server().restart();

        provider.awaitStanding("withdrawn");
        assertThat(observer.checkExists().forPath(path(8000))).isNull();
    }

    @Test
    void aWithdrawalAfterTheCloseReturns() {
        Provider provider = Provider.start(registry, Offers.at(8000)).awaitAnnounced();
        provider.announcer().close();

        provider.announcement().withdraw(NEVER);

        assertThat(provider.announcer().connected()).isTrue();
    }

    @Test
    void aWithdrawalIsStatedBeforeTheNodeGoes() throws Exception {
        Provider provider = Provider.start(registry, Offers.at(8000), NEVER).awaitAnnounced();
        List<EventType> events = new CopyOnWriteArrayList<>();
        observer.watchers()
                .add()
                .withMode(AddWatchMode.PERSISTENT)
                .usingWatcher((CuratorWatcher) event -> events.add(event.getType()))
                .forPath(path(8000));

        provider.withdraw();

        await().atMost(GENEROUS)
                .untilAsserted(
                        () -> assertThat(events).containsExactly(EventType.NodeDataChanged, EventType.NodeDeleted));
    }

    @ParameterizedTest
    @CsvSource({"demo,10001,rpc.weight", "'',100,application", "a/b,100,application"})
    void anOfferThatResolversWouldLeaveOutIsRefused(String application, int weight, String named) {
        ZookeeperAnnouncer announcer = registry.closing(new ZookeeperAnnouncer(observer, TestRegistry.ROOT));
        EndpointAttributes attributes =
                new EndpointAttributes(application, "", "", weight, "", "", 1, NOON, EndpointStatus.READY);
        Offer offer = new Offer(new Endpoint("127.0.0.1", 8000, attributes), List.of());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> announcer.announce(offer))
                .withMessageContaining(named);
    }

    @Test
    void oneAddressIsAnnouncedOnceOnly() {
        Provider provider = Provider.start(registry, Offers.at(8000));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> provider.announcer().announce(Offers.at(8000)))
                .withMessageContaining("127.0.0.1:8000");
    }

    @Test
    void aLoopbackAddressIsNotAnnouncedToADistantZookeeper() {
        CuratorFramework distant =
                registry.closing(CuratorFrameworkFactory.newClient("zookeeper.example:2181", new RetryOneTime(1)));
        ZookeeperAnnouncer announcer = registry.closing(new ZookeeperAnnouncer(distant, TestRegistry.ROOT));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> announcer.announce(Offers.at(8000)))
                .withMessageContaining("rpc.server.advertised-host");
    }

    @Test
    void aContractTooLargeForZookeeperIsLeftOut() throws Exception {
        Offer small = Offers.at(8000);
        Offer.Service large =
                new Offer.Service(Offers.SERVICE, "f".repeat(64), ByteString.copyFrom(new byte[1_000_000]));

        Provider.start(registry, new Offer(small.endpoint(), List.of(large))).awaitAnnounced();

        assertThat(observer.checkExists().forPath("/rpc/contracts/" + "f".repeat(64)))
                .isNull();
    }

    @Test
    void anAddressWithdrawnMayBeAnnouncedAgainAtOnce() throws Exception {
        Provider provider = Provider.start(registry, Offers.at(8000)).awaitAnnounced();
        provider.withdraw();

        Announcement again = provider.announcer().announce(Offers.at(8000));

        await().atMost(GENEROUS).until(() -> again.state().announced());
        awaitOwned(path(8000), provider.client(), observer);
    }
}
