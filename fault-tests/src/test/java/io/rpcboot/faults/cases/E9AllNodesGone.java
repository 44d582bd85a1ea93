package io.rpcboot.faults.cases;

import io.rpcboot.client.RpcClient;
import io.rpcboot.faults.load.LoadShape;
import io.rpcboot.faults.registry.ZookeeperControl;
import java.time.Duration;
import java.util.List;
import org.apache.curator.framework.CuratorFramework;

/** E9. */
final class E9AllNodesGone implements FaultCase {

    @Override
    public String id() {
        return "E9";
    }

    @Override
    public String description() {
        return "All nodes removed at once while three Spring Boot providers live, 500 calls/s; 5 s later the providers are killed";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        Peers peers = Peers.spring(stage, 3);
        RpcClient client = stage.client(stage.resolver());
        Peers.awaitKnown(client, 3);
        CuratorFramework curator = stage.zookeeper().client();
        Trial trial = Trial.begin(stage, client, LoadShape.mixed(500));
        curator.delete().deletingChildrenIfNeeded().forPath(ZookeeperControl.ROOT + "/endpoints/acts");
        trial.runFor(Duration.ofSeconds(5));
        long killed = System.nanoTime();
        for (int i = 0; i < peers.count(); i++) {
            peers.get(i).kill();
        }
        long gone = System.nanoTime();
        trial.runFor(Duration.ofSeconds(4));
        Trial.Ended ended = trial.withoutHealthyMajority().end(System.nanoTime());
        Calls before = ended.calls().ended(trial.faultNanos(), killed);
        Calls after = ended.calls().planned(gone, System.nanoTime()).failed();
        return List.of(
                Figure.atMost(
                        0,
                        "calls failed while the providers lived",
                        before.failed().count()),
                Figure.atMost(
                        1_000, "ms until a call failed after the providers had ended, at most", after.latencyMillis(1)),
                Figure.atLeast(1_000, "calls that failed after the providers had ended", after.count()),
                Figure.atMost(0, "violations of I1 to I7", ended.broken("I1", "I2", "I3", "I4", "I5", "I6", "I7")));
    }
}
