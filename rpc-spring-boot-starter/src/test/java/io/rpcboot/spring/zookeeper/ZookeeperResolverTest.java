package io.rpcboot.spring.zookeeper;

import static io.rpcboot.spring.zookeeper.Offers.NOON;
import static io.rpcboot.spring.zookeeper.Offers.SERVICE;
import static io.rpcboot.spring.zookeeper.Offers.path;
import static io.rpcboot.spring.zookeeper.TestRegistry.GENEROUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rpcboot.Endpoint;
import io.rpcboot.EndpointAttributes;
import io.rpcboot.EndpointStatus;
import io.rpcboot.naming.EndpointResolver.Watch;
import io.rpcboot.naming.Offer;
import io.rpcboot.naming.RecordedLists;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.CreateMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ZookeeperResolverTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    /** Longer than any test: who is held back does not leave in it. */
    private static final Duration FOR_EVER = Duration.ofHours(1);

    @RegisterExtension
    private final TestRegistry registry = new TestRegistry();

    private final RecordedLists lists = new RecordedLists();

    @Test
    void whoSaidThatItStopsLeavesAtOnceEvenIfItIsTheLast() {
        Provider provider = Provider.start(registry, Offers.at(8000));
        resolver(FOR_EVER).watch(SERVICE, lists);
        lists.awaitAddresses("127.0.0.1:8000");
        provider.announcement().status(EndpointStatus.DRAINING);
        lists.awaitOnly(
                EndpointNode.of(Offers.at(8000), EndpointStatus.DRAINING).endpoint());

        provider.withdraw();

        lists.awaitAddresses();
    }

    @Test
    void aReplacementLeavesNoGap() {
        Provider old = Provider.start(registry, Offers.at(8000));
        resolver(FOR_EVER).watch(SERVICE, lists);
        lists.awaitAddresses("127.0.0.1:8000");

        Provider.start(registry, Offers.at(8001)).awaitAnnounced();
        old.withdraw();

        lists.awaitAddresses("127.0.0.1:8001");
        assertThat(lists.all().subList(firstFilled(), lists.all().size())).allMatch(list -> !list.isEmpty());
    }

    @Test
    void aSingleCrashOfSeveralCountsAtOnce() {
        Provider crashing = Provider.start(registry, Offers.at(8000));
        Provider.start(registry, Offers.at(8001));
        resolver(FOR_EVER).watch(SERVICE, lists);
        lists.awaitAddresses("127.0.0.1:8000", "127.0.0.1:8001");

        crashing.die();

        lists.awaitAddresses("127.0.0.1:8001");
    }

    @Test
    void theLossOfAllIsDoubted() {
        Provider only = Provider.start(registry, Offers.at(8000));
        resolver(FOR_EVER).watch(SERVICE, lists);
        lists.awaitAddresses("127.0.0.1:8000");
        // Close behind another change, the loss would be seen together with the newcomer only: as that of one of two.
        await().during(Duration.ofMillis(500))
                .atMost(GENEROUS)
                .until(() -> lists.addresses().equals(List.of("127.0.0.1:8000")));

        only.die();
        Provider.start(registry, Offers.at(8001));

        lists.awaitAddresses("127.0.0.1:8000", "127.0.0.1:8001");
    }

    @Test
    void theLossOfAllIsBelievedInTheEnd() {
        Provider only = Provider.start(registry, Offers.at(8000));
        resolver(SECOND).watch(SERVICE, lists);
        lists.awaitAddresses("127.0.0.1:8000");

        only.die();

        lists.awaitAddresses();
    }

    @Test
    void aRestartOfZookeeperNeverEmptiesTheList() throws Exception {
        Provider provider = Provider.start(registry, Offers.at(8000));
        ZookeeperResolver resolver = resolver(FOR_EVER);
        resolver.watch(SERVICE, lists);
        lists.awaitAddresses("127.0.0.1:8000");
        int before = lists.all().size();

        registry.server().stop();
        provider.awaitStanding("cannot be reached");
        await().atMost(GENEROUS).until(() -> !resolver.connected());
        assertThat(resolver.age()).isPositive();
        registry.server().restart();
        Provider.start(registry, Offers.at(8001));

        lists.awaitAddresses("127.0.0.1:8000", "127.0.0.1:8001");
        assertThat(lists.all().subList(before, lists.all().size())).hasSize(1);
        assertThat(resolver.age()).isZero();
    }

    @Test
    void anExpiredSessionOfTheResolverChangesNothingButTheSession() throws Exception {
        Provider.start(registry, Offers.at(8000));
        CuratorFramework client = registry.client();
        ZookeeperResolver resolver = resolver(client, FOR_EVER);
        resolver.watch(SERVICE, lists);
        lists.awaitAddresses("127.0.0.1:8000");
        int before = lists.all().size();

        registry.expire(client);
        Provider.start(registry, Offers.at(8001));

        lists.awaitAddresses("127.0.0.1:8000", "127.0.0.1:8001");
        assertThat(lists.all().subList(before, lists.all().size())).hasSize(1);
    }

    @Test
    void whereZookeeperIsAwayAWatchHearsAnEmptyListAndLaterTheTruth() throws Exception {
        registry.server().stop();
        resolver(FOR_EVER).watch(SERVICE, lists);
        lists.awaitAddresses();

        registry.server().restart();
        Provider.start(registry, Offers.at(8000));

        lists.awaitAddresses("127.0.0.1:8000");
        assertThat(lists.all()).hasSize(2);
    }

    @Test
    void aFixedApplicationNeedsNoIndex() throws Exception {
        CuratorFramework client = registry.client();
        client.create().creatingParentsIfNeeded().forPath(path(8000), Offers.content(Offers.at(8000)));
        ZookeeperResolver resolver = registry.closing(new ZookeeperResolver(
                contact(client),
                TestRegistry.ROOT,
                FOR_EVER,
                service -> Optional.of(Offers.APPLICATION),
                SavedLists.none()));

        resolver.watch(SERVICE, lists);

        lists.awaitAddresses("127.0.0.1:8000");
    }

    @Test
    void theIndexIsAHintAndTheEndpointDecides() throws Exception {
        CuratorFramework client = registry.client();
        client.create().creatingParentsIfNeeded().forPath("/rpc/services/demo.Other/" + Offers.APPLICATION);
        client.create().creatingParentsIfNeeded().forPath("/rpc/services/" + SERVICE + "/left-long-ago");
        Provider.start(registry, Offers.at(8000));
        RecordedLists others = new RecordedLists();
        ZookeeperResolver resolver = resolver(FOR_EVER);

        resolver.watch("demo.Other", others);
        resolver.watch(SERVICE, lists);

        lists.awaitAddresses("127.0.0.1:8000");
        others.awaitAddresses();
    }

    @Test
    void ofTwoNodesWithOneAddressTheYoungerCounts() throws Exception {
        CuratorFramework client = registry.client();
        put(client, "renamed", Offers.at(8000, 2, NOON.plusSeconds(1)));
        put(client, Offers.APPLICATION, Offers.at(8000, 1, NOON));

        resolver(FOR_EVER).watch(SERVICE, lists);

        lists.awaitAddresses("127.0.0.1:8000");
        assertThat(lists.last().get(0).attributes().application()).isEqualTo("renamed");
    }

    @Test
    void changesThatPourInAreMerged() throws Exception {
        CuratorFramework client = registry.client();
        put(client, Offers.APPLICATION, Offers.at(8000));
        resolver(FOR_EVER).watch(SERVICE, lists);
        lists.awaitAddresses("127.0.0.1:8000");
        int before = lists.all().size();
        long start = System.nanoTime();

        for (int i = 0; i < 200; i++) {
            client.setData().forPath(path(8000), Offers.content(Offers.at(8000, i + 2, NOON)));
        }

        await().atMost(GENEROUS)
                .untilAsserted(() -> assertThat(lists.last().get(0).attributes().incarnation())
                        .isEqualTo(201));
        long halfSeconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 500;
        assertThat(lists.all().size() - before).isLessThanOrEqualTo((int) halfSeconds + 1);
    }

    @Test
    void aSecondListenerHearsTheKnownListAndEachLeavesForItself() {
        Provider.start(registry, Offers.at(8000));
        ZookeeperResolver resolver = resolver(FOR_EVER);
        RecordedLists second = new RecordedLists();
        Watch first = resolver.watch(SERVICE, lists);
        lists.awaitAddresses("127.0.0.1:8000");

        resolver.watch(SERVICE, second);
        first.close();
        Provider.start(registry, Offers.at(8001));

        second.awaitAddresses("127.0.0.1:8000", "127.0.0.1:8001");
        assertThat(lists.addresses()).containsExactly("127.0.0.1:8000");
    }

    @Test
    void aServiceIsWatchedAgainAfterEverybodyLeft() {
        Provider.start(registry, Offers.at(8000));
        ZookeeperResolver resolver = resolver(FOR_EVER);
        Watch first = resolver.watch(SERVICE, lists);
        lists.awaitAddresses("127.0.0.1:8000");
        first.close();
        RecordedLists again = new RecordedLists();

        resolver.watch(SERVICE, again);
        Provider.start(registry, Offers.at(8001));

        again.awaitAddresses("127.0.0.1:8000", "127.0.0.1:8001");
    }

    @Test
    void aListenerThatFailsHurtsNoOther() {
        ZookeeperResolver resolver = resolver(FOR_EVER);
        resolver.watch(SERVICE, endpoints -> {
            throw new IllegalStateException("a listener's own trouble");
        });
        resolver.watch(SERVICE, lists);

        Provider.start(registry, Offers.at(8000));

        lists.awaitAddresses("127.0.0.1:8000");
    }

    private ZookeeperResolver resolver(Duration hold) {
        return resolver(registry.client(), hold);
    }

    private ZookeeperResolver resolver(CuratorFramework client, Duration hold) {
        return registry.closing(new ZookeeperResolver(
                contact(client), TestRegistry.ROOT, hold, service -> Optional.empty(), SavedLists.none()));
    }

    private static ZookeeperContact contact(CuratorFramework client) {
        return new ZookeeperContact(client, SECOND);
    }

    private int firstFilled() {
        List<List<Endpoint>> all = lists.all();
        int first = 0;
        while (all.get(first).isEmpty()) {
            first++;
        }
        return first;
    }

    private static void put(CuratorFramework client, String application, Offer offer) throws Exception {
        EndpointAttributes a = offer.endpoint().attributes();
        EndpointAttributes renamed = new EndpointAttributes(
                application,
                a.version(),
                a.group(),
                a.weight(),
                a.zone(),
                a.tag(),
                a.incarnation(),
                a.startedAt(),
                a.status());
        Endpoint endpoint =
                new Endpoint(offer.endpoint().host(), offer.endpoint().port(), renamed);
        String address = endpoint.address();
        client.create()
                .creatingParentsIfNeeded()
                .withMode(CreateMode.EPHEMERAL)
                .forPath(
                        "/rpc/endpoints/" + application + '/' + address,
                        Offers.content(new Offer(endpoint, offer.services())));
        client.create().creatingParentsIfNeeded().forPath("/rpc/services/" + SERVICE + '/' + application);
    }
}
