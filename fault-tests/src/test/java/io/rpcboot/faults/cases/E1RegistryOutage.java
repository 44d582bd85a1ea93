package io.rpcboot.faults.cases;

import io.rpcboot.client.RpcClient;
import io.rpcboot.faults.load.LoadShape;
import java.time.Duration;
import java.util.List;

/** E1. */
final class E1RegistryOutage implements FaultCase {

    @Override
    public String id() {
        return "E1";
    }

    @Override
    public String description() {
        return "ZooKeeper away for 60 s, three Spring Boot providers, 500 calls/s";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        Peers.spring(stage, 3);
        RpcClient client = stage.client(stage.resolver());
        Peers.awaitKnown(client, 3);
        Trial trial = Trial.begin(stage, client, LoadShape.mixed(500), Duration.ofSeconds(30));
        long away = System.nanoTime();
        stage.zookeeper().stop();
        trial.runFor(Duration.ofSeconds(60));
        stage.zookeeper().restart();
        long back = System.nanoTime();
        trial.runFor(Duration.ofSeconds(10));
        Trial.Ended ended = trial.end(back);
        double before = ended.all()
                .planned(away - Duration.ofSeconds(20).toNanos(), away)
                .latencyMillis(0.99);
        double during = ended.all().planned(away, back).latencyMillis(0.99);
        return List.of(
                Figure.atMost(0, "calls failed", ended.calls().failed().count()),
                ended.noneBroken(),
                Figure.atMost(1.2, "times the p99 before", during / before));
    }
}
