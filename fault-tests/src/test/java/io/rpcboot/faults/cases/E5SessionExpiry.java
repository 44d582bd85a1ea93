package io.rpcboot.faults.cases;

import static org.awaitility.Awaitility.await;

import io.rpcboot.client.RpcClient;
import io.rpcboot.faults.load.LoadShape;
import io.rpcboot.faults.registry.ZookeeperControl;
import io.rpcboot.spring.zookeeper.ZookeeperResolver;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.data.Stat;

/** E5. */
final class E5SessionExpiry implements FaultCase {

    @Override
    public String id() {
        return "E5";
    }

    @Override
    public String description() {
        return "The session of one of two Spring Boot providers expires, then the consumer's, 500 calls/s";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        Peers peers = Peers.spring(stage, 2);
        CuratorFramework consumer = stage.zookeeper().client();
        ZookeeperResolver resolver = stage.closing(new ZookeeperResolver(consumer, ZookeeperControl.ROOT));
        RpcClient client = stage.client(resolver);
        Peers.awaitKnown(client, 2);
        CuratorFramework curator = stage.zookeeper().client();
        String path = ZookeeperControl.ROOT + "/endpoints/acts/127.0.0.1:"
                + peers.get(0).port();
        Trial trial = Trial.begin(stage, client, LoadShape.mixed(500));

        long session = curator.checkExists().forPath(path).getEphemeralOwner();
        Set<Long> before = stage.zookeeper().sessions();
        stage.zookeeper().expire(session);
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> !before.containsAll(stage.zookeeper().sessions()));
        long start = System.nanoTime();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> ownedByAnother(curator.checkExists().forPath(path), session));
        double back = (System.nanoTime() - start) / 1e6;
        trial.runFor(Duration.ofSeconds(3));
        stage.zookeeper().expire(consumer.getZookeeperClient().getZooKeeper().getSessionId());
        trial.runFor(Duration.ofSeconds(6));

        Trial.Ended ended = trial.withoutHealthyMajority().end(System.nanoTime());
        return List.of(
                Figure.atMost(0, "calls failed", ended.calls().failed().count()),
                Figure.atMost(2_000, "ms from the reconnect until the node was back", back),
                ended.noneBroken());
    }

    private static boolean ownedByAnother(Stat stat, long session) {
        return stat != null && stat.getEphemeralOwner() != session;
    }
}
