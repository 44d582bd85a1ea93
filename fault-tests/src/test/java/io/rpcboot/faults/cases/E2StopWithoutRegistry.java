package io.rpcboot.faults.cases;

import io.rpcboot.client.RpcClient;
import io.rpcboot.faults.load.LoadShape;
import java.time.Duration;
import java.util.List;

/** E2. */
final class E2StopWithoutRegistry implements FaultCase {

    @Override
    public String id() {
        return "E2";
    }

    @Override
    public String description() {
        return "ZooKeeper away; one of three Spring Boot providers gets SIGTERM, later another kill -9, 500 calls/s";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        Peers peers = Peers.spring(stage, 3);
        RpcClient client = stage.client(stage.resolver());
        Peers.awaitKnown(client, 3);
        Trial trial = Trial.begin(stage, client, LoadShape.mixed(500));
        stage.zookeeper().stop();
        trial.runFor(Duration.ofSeconds(3));
        peers.get(0).terminate();
        double exit = peers.get(0).awaitExit(Duration.ofSeconds(120)).toMillis();
        trial.runFor(Duration.ofSeconds(3));
        long killed = System.nanoTime();
        peers.get(1).kill();
        trial.runFor(Duration.ofSeconds(8));
        Trial.Ended ended = trial.withoutHealthyMajority().end(killed);
        Calls untilKill = ended.calls().ended(trial.faultNanos(), killed);
        Calls afterKill = ended.calls().ended(killed, System.nanoTime());
        return List.of(
                Figure.atMost(0, "calls failed by SIGTERM", untilKill.failed().count()),
                Figure.atMost(15_000, "ms until the process was gone", exit),
                Figure.atMost(
                        10,
                        "plain calls failed by kill -9",
                        afterKill.plain().failed().count()),
                Figure.atMost(
                        0,
                        "idempotent calls failed by kill -9",
                        afterKill.idempotent().failed().count()),
                ended.noneBroken());
    }
}
