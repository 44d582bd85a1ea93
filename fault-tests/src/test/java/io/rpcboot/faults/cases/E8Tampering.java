package io.rpcboot.faults.cases;

import static org.awaitility.Awaitility.await;

import io.rpcboot.client.RpcClient;
import io.rpcboot.faults.load.LoadShape;
import io.rpcboot.faults.registry.ZookeeperControl;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.curator.framework.CuratorFramework;

/** E8. */
final class E8Tampering implements FaultCase {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String APPLICATION = ZookeeperControl.ROOT + "/endpoints/acts";

    @Override
    public String id() {
        return "E8";
    }

    @Override
    public String description() {
        return "A node deleted by hand, then its parent with all nodes, then a node's data overwritten; two Spring Boot providers, 500 calls/s";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        Peers peers = Peers.spring(stage, 2);
        RpcClient client = stage.client(stage.resolver());
        Peers.awaitKnown(client, 2);
        CuratorFramework curator = stage.zookeeper().client();
        String path = APPLICATION + "/127.0.0.1:" + peers.get(0).port();
        byte[] good = curator.getData().forPath(path);
        Trial trial = Trial.begin(stage, client, LoadShape.mixed(500));

        curator.delete().forPath(path);
        double node = millisUntilRepaired(curator, 2);
        curator.delete().deletingChildrenIfNeeded().forPath(APPLICATION);
        double parent = millisUntilRepaired(curator, 2);
        curator.setData().forPath(path, "garbage".getBytes(StandardCharsets.US_ASCII));
        long start = System.nanoTime();
        await().atMost(LIMIT).until(() -> Arrays.equals(good, curator.getData().forPath(path)));
        double data = millisSince(start);
        trial.runFor(Duration.ofSeconds(2));

        Trial.Ended ended = trial.withoutHealthyMajority().end(System.nanoTime());
        return List.of(
                Figure.atMost(0, "calls failed", ended.calls().failed().count()),
                Figure.atMost(10_000, "ms until a deleted node was back", node),
                Figure.atMost(10_000, "ms until all nodes were back", parent),
                Figure.atMost(10_000, "ms until overwritten data was right again", data),
                ended.noneBroken());
    }

    private static double millisUntilRepaired(CuratorFramework curator, int count) {
        long start = System.nanoTime();
        await().atMost(LIMIT)
                .ignoreExceptions()
                .until(() -> curator.getChildren().forPath(APPLICATION).size() == count);
        return millisSince(start);
    }

    private static double millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e6;
    }
}
