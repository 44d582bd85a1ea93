package io.rpcboot.faults.cases;

import static org.awaitility.Awaitility.await;

import io.rpcboot.client.RpcClient;
import io.rpcboot.faults.load.LoadShape;
import io.rpcboot.spring.zookeeper.ZookeeperResolver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** E7. */
final class E7RegistryRestarts implements FaultCase {

    private final int starts;
    private final int restarts;

    E7RegistryRestarts(int starts, int restarts) {
        this.starts = starts;
        this.restarts = restarts;
    }

    @Override
    public String id() {
        return "E7";
    }

    @Override
    public String description() {
        return starts + " starts of a third Spring Boot provider, each stopped by SIGTERM; then " + restarts
                + " restarts of ZooKeeper, sessions kept; 100 calls/s";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        Peers peers = Peers.spring(stage, 3);
        ZookeeperResolver resolver = stage.resolver();
        RpcClient client = stage.client(resolver);
        Peers.awaitKnown(client, 3);
        AtomicInteger empty = new AtomicInteger();
        Trial trial = Trial.begin(stage, client, LoadShape.mixed(100));
        NodeDeletions nodes =
                stage.closing(NodeDeletions.watch(stage.zookeeper().client()));
        stage.closing(resolver.watch(Stage.SERVICE, list -> empty.addAndGet(list.isEmpty() ? 1 : 0)));
        for (int i = 0; i < starts; i++) {
            peers.get(2).terminate();
            peers.get(2).awaitExit(Duration.ofSeconds(60));
            peers.startAgain(2);
            Peers.awaitKnown(client, 3);
        }
        int deletedAtStarts = nodes.count() - starts;
        for (int i = 0; i < restarts; i++) {
            int before = nodes.reconnects();
            stage.zookeeper().stop();
            trial.runFor(Duration.ofSeconds(1));
            stage.zookeeper().restart();
            await().atMost(Duration.ofSeconds(60)).until(() -> nodes.reconnects() > before);
            trial.runFor(Duration.ofSeconds(3));
        }
        int deletedAtRestarts = nodes.count() - starts - deletedAtStarts;
        Trial.Ended ended = trial.end(System.nanoTime());
        return List.of(
                Figure.atMost(0, "deletions at starts beyond the one at each stop", deletedAtStarts),
                Figure.atMost(0, "deletions at restarts of ZooKeeper", deletedAtRestarts),
                Figure.atMost(0, "empty lists", empty.get()),
                Figure.atMost(0, "calls failed", ended.calls().failed().count()));
    }
}
