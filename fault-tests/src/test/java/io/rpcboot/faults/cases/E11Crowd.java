package io.rpcboot.faults.cases;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.rpcboot.Endpoint;
import io.rpcboot.EndpointAttributes;
import io.rpcboot.EndpointStatus;
import io.rpcboot.client.RpcClient;
import io.rpcboot.faults.load.LoadShape;
import io.rpcboot.faults.load.ThreadTime;
import io.rpcboot.faults.peer.Ports;
import io.rpcboot.faults.registry.FlappingNodes;
import io.rpcboot.faults.registry.ZookeeperControl;
import io.rpcboot.naming.Offer;
import io.rpcboot.spring.zookeeper.ZookeeperAnnouncer;
import io.rpcboot.spring.zookeeper.ZookeeperResolver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.data.Stat;

/** E11. */
final class E11Crowd implements FaultCase {

    private static final int FLAPPING = 200;
    private static final int CHANGES_PER_SECOND = 200;
    private static final Duration FLAPS_FOR = Duration.ofSeconds(20);
    private static final int ANNOUNCERS = 50;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String APPLICATION = ZookeeperControl.ROOT + "/endpoints/acts";

    @Override
    public String id() {
        return "E11";
    }

    @Override
    public String description() {
        return FLAPPING + " providers of which " + CHANGES_PER_SECOND
                + " a second come or go for 20 s, beside two that live, 300 calls/s; then ZooKeeper away, and "
                + ANNOUNCERS
                + " providers whose sessions ran out meanwhile register";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        Peers peers = Peers.spring(stage, 2);
        AtomicInteger lists = new AtomicInteger();
        AtomicReference<ZookeeperResolver> resolver = new AtomicReference<>();
        ThreadTime naming = ThreadTime.ofThreadsStartedBy(() -> watch(stage, resolver, lists));
        RpcClient client = stage.client(resolver.get());
        Peers.awaitKnown(client, 2);
        Trial trial = Trial.begin(stage, client, LoadShape.mixed(300));
        warmUp(stage, peers, trial);
        long calm = System.nanoTime();

        int before = lists.get();
        naming.restart();
        FlappingNodes flapping = flapping(stage, peers);
        trial.runFor(FLAPS_FOR);
        double seconds = (System.nanoTime() - calm) / 1e9;
        double busy = naming.percentOfACore();
        int applied = lists.get() - before;
        flapping.close();
        long flapped = System.nanoTime();

        double spread = millisOfRegistrations(stage, trial);
        Trial.Ended ended = trial.end(System.nanoTime());
        double calmMillis = ended.all()
                .planned(calm - Duration.ofSeconds(15).toNanos(), calm)
                .latencyMillis(0.99);
        return List.of(
                Figure.atMost(0, "calls failed", ended.calls().failed().count()),
                Figure.atLeast(CHANGES_PER_SECOND * 10, "changes in the registry", flapping.changes()),
                Figure.atMost(2, "lists applied per second", (applied - 1) / seconds),
                Figure.atLeast(10, "lists applied", applied),
                Figure.atMost(20, "percent of a core for the consumer's naming", busy),
                Figure.atLeast(1, "threads of the consumer's naming", naming.threads()),
                Figure.atMost(
                        2,
                        "times the p99 before",
                        ended.all().planned(calm, flapped).latencyMillis(0.99) / calmMillis),
                Figure.atLeast(2_000, "ms from the first to the last of " + ANNOUNCERS + " registrations", spread),
                ended.noneBroken());
    }

    /** Once beforehand, or it would be the compilation of this code by the JVM that is measured; until no lost endpoint is in doubt. */
    private static void warmUp(Stage stage, Peers peers, Trial trial) throws Exception {
        FlappingNodes flapping = flapping(stage, peers);
        trial.runFor(FLAPS_FOR);
        flapping.close();
        trial.runFor(Duration.ofSeconds(35));
    }

    private static FlappingNodes flapping(Stage stage, Peers peers) throws Exception {
        return FlappingNodes.start(
                stage.zookeeper().client(),
                APPLICATION,
                peers.get(0).port(),
                Ports.free(1).get(0),
                FLAPPING,
                CHANGES_PER_SECOND);
    }

    private static Object watch(Stage stage, AtomicReference<ZookeeperResolver> resolver, AtomicInteger lists)
            throws Exception {
        resolver.set(stage.resolver());
        AtomicInteger known = new AtomicInteger();
        stage.closing(resolver.get().watch(Stage.SERVICE, list -> {
            lists.incrementAndGet();
            known.set(list.size());
        }));
        await().atMost(LIMIT).until(() -> known.get() == 2);
        return resolver;
    }

    private static double millisOfRegistrations(Stage stage, Trial trial) throws Exception {
        List<CuratorFramework> clients = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        int port = Ports.free(1).get(0);
        for (int i = 1; i <= ANNOUNCERS; i++) {
            CuratorFramework client = stage.zookeeper().client();
            ZookeeperAnnouncer announcer = stage.closing(new ZookeeperAnnouncer(client, ZookeeperControl.ROOT));
            announcer.announce(offer("127.0.9." + i, port, i));
            clients.add(client);
            paths.add(APPLICATION + "/127.0.9." + i + ':' + port);
        }
        CuratorFramework curator = stage.zookeeper().client();
        List<Long> sessions = new ArrayList<>();
        for (String path : paths) {
            await().atMost(LIMIT).until(() -> curator.checkExists().forPath(path) != null);
            sessions.add(curator.checkExists().forPath(path).getEphemeralOwner());
        }
        stage.zookeeper().stop();
        trial.runFor(Duration.ofSeconds(3));
        stage.zookeeper().restart();
        sessions.forEach(stage.zookeeper()::expire);

        LongSummaryStatistics created = new LongSummaryStatistics();
        for (int i = 0; i < paths.size(); i++) {
            String path = paths.get(i);
            long former = sessions.get(i);
            await().atMost(LIMIT).ignoreExceptions().until(() -> ownedByAnother(curator, path, former));
            created.accept(curator.checkExists().forPath(path).getCtime());
        }
        trial.runFor(Duration.ofSeconds(2));
        return created.getMax() - created.getMin();
    }

    private static boolean ownedByAnother(CuratorFramework curator, String path, long session) throws Exception {
        Stat stat = curator.checkExists().forPath(path);
        return stat != null && stat.getEphemeralOwner() != session;
    }

    private static Offer offer(String host, int port, long incarnation) {
        EndpointAttributes attributes =
                new EndpointAttributes("acts", "", "", 100, "", "", incarnation, Instant.now(), EndpointStatus.READY);
        return new Offer(
                new Endpoint(host, port, attributes),
                List.of(new Offer.Service(Stage.SERVICE, "ab".repeat(32), ByteString.copyFromUtf8("a contract"))));
    }
}
