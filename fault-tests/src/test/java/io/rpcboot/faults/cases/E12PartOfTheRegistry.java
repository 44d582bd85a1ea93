package io.rpcboot.faults.cases;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.rpcboot.Endpoint;
import io.rpcboot.EndpointAttributes;
import io.rpcboot.EndpointStatus;
import io.rpcboot.client.RpcClient;
import io.rpcboot.faults.load.LoadShape;
import io.rpcboot.faults.net.FaultProxy;
import io.rpcboot.faults.net.LinkFaults;
import io.rpcboot.faults.peer.PeerProcess;
import io.rpcboot.faults.peer.Ports;
import io.rpcboot.faults.registry.Ensemble;
import io.rpcboot.faults.registry.ZookeeperControl;
import io.rpcboot.naming.EndpointAnnouncer.Announcement;
import io.rpcboot.naming.Offer;
import io.rpcboot.spring.zookeeper.ZookeeperAnnouncer;
import io.rpcboot.spring.zookeeper.ZookeeperResolver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.curator.framework.CuratorFramework;

/** E12. */
final class E12PartOfTheRegistry implements FaultCase {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String APPLICATION = ZookeeperControl.ROOT + "/endpoints/acts";

    @Override
    public String id() {
        return "E12";
    }

    @Override
    public String description() {
        return "Three ZooKeeper servers: one of three Spring Boot providers cut from all of them until its session has ended; then the leader"
                + " ended; then all but one, to which a provider registers; 500 calls/s";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        Ensemble ensemble = stage.closing(Ensemble.start());
        List<FaultProxy> proxies = new ArrayList<>();
        for (int port : ensemble.ports()) {
            proxies.add(stage.closing(FaultProxy.start(port, port)));
        }
        int cutOff = providers(stage, ensemble, proxies);
        CuratorFramework consumer = stage.closing(Ensemble.client(ensemble.addresses()));
        RpcClient client = stage.client(stage.closing(new ZookeeperResolver(consumer, ZookeeperControl.ROOT)));
        Peers.awaitKnown(client, 3);
        Trial trial = Trial.begin(stage, client, LoadShape.mixed(500));

        proxies.forEach(proxy -> proxy.faults(LinkFaults.STALL, LinkFaults.STALL));
        String path = APPLICATION + "/127.0.0.1:" + cutOff;
        await().atMost(LIMIT).until(() -> consumer.checkExists().forPath(path) == null);
        trial.runFor(Duration.ofSeconds(3));
        proxies.forEach(proxy -> proxy.faults(LinkFaults.NONE, LinkFaults.NONE));
        proxies.forEach(FaultProxy::resetAll);
        Peers.awaitKnown(client, 3);
        long back = System.nanoTime();

        int leader = ensemble.endLeader();
        trial.runFor(Duration.ofSeconds(8));
        await().atMost(LIMIT)
                .ignoreExceptions()
                .until(() -> consumer.checkExists().forPath(path) != null);
        ensemble.restart(leader);
        trial.runFor(Duration.ofSeconds(3));
        long minority = System.nanoTime();

        List<Integer> ports = ensemble.ports();
        ensemble.end(ports.get(1));
        ensemble.end(ports.get(2));
        int port = Ports.free(1).get(0);
        CuratorFramework lonely = stage.closing(Ensemble.client("127.0.0.1:" + ports.get(0)));
        ZookeeperAnnouncer announcer = stage.closing(new ZookeeperAnnouncer(lonely, ZookeeperControl.ROOT));
        Announcement announcement = announcer.announce(offer(port));
        int believed = 0;
        for (int i = 0; i < 80; i++) {
            trial.runFor(Duration.ofMillis(100));
            believed += announcement.state().announced() || knows(client, port) ? 1 : 0;
        }
        ensemble.restart(ports.get(1));
        ensemble.restart(ports.get(2));
        await().atMost(LIMIT).until(() -> announcement.state().announced() && knows(client, port));
        trial.runFor(Duration.ofSeconds(3));

        Trial.Ended ended = trial.end(System.nanoTime());
        Calls failed = ended.calls().failed();
        return List.of(
                Figure.atMost(
                        0,
                        "calls failed around the cut",
                        failed.planned(trial.faultNanos(), back).count()),
                Figure.atMost(
                        0,
                        "calls failed around the end of the leader",
                        failed.planned(back, minority).count()),
                Figure.atMost(
                        0,
                        "calls failed while there was no majority and after",
                        failed.planned(minority, System.nanoTime()).count()),
                Figure.atMost(0, "looks that found a registration without a majority", believed),
                ended.noneBroken());
    }

    /** Starts three, one of which reaches ZooKeeper through the proxies; the port of that one. */
    private static int providers(Stage stage, Ensemble ensemble, List<FaultProxy> proxies) throws Exception {
        String cuttable =
                proxies.stream().map(proxy -> "127.0.0.1:" + proxy.port()).collect(Collectors.joining(","));
        List<Integer> ports = Ports.free(3);
        List<PeerProcess> peers = List.of(
                stage.springAt(cuttable, "peer0", ports.get(0)),
                stage.springAt(ensemble.addresses(), "peer1", ports.get(1)),
                stage.springAt(ensemble.addresses(), "peer2", ports.get(2)));
        for (PeerProcess peer : peers) {
            peer.awaitListening();
        }
        return ports.get(0);
    }

    private static boolean knows(RpcClient client, int port) {
        return client.endpoints(Stage.SERVICE).stream().anyMatch(endpoint -> endpoint.port() == port);
    }

    private static Offer offer(int port) {
        EndpointAttributes attributes =
                new EndpointAttributes("acts", "", "", 100, "", "", 1, Instant.now(), EndpointStatus.READY);
        return new Offer(
                new Endpoint("127.0.0.1", port, attributes),
                List.of(new Offer.Service(Stage.SERVICE, "ab".repeat(32), ByteString.copyFromUtf8("a contract"))));
    }
}
