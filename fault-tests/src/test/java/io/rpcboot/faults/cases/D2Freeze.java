package io.rpcboot.faults.cases;

import io.rpcboot.client.RpcClient;
import io.rpcboot.faults.load.LoadShape;
import java.time.Duration;
import java.util.List;

/** D2. */
final class D2Freeze implements FaultCase {

    @Override
    public String id() {
        return "D2";
    }

    @Override
    public String description() {
        return "SIGSTOP of one of three providers for 8 s, 1,000 calls/s, half of them plain";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        Peers peers = Peers.plain(stage, 3);
        RpcClient client = stage.client(peers.fixed());
        Trial trial = Trial.begin(stage, client, LoadShape.mixed(1_000));
        peers.get(0).freeze();
        trial.runFor(Duration.ofSeconds(8));
        peers.get(0).resume();
        long over = System.nanoTime();
        trial.runFor(Duration.ofSeconds(10));
        Trial.Ended ended = trial.end(over);
        return List.of(
                Figure.atMost(
                        350,
                        "plain calls failed",
                        ended.calls().plain().failed().count()),
                Figure.atMost(
                        0,
                        "idempotent calls failed",
                        ended.calls().idempotent().failed().count()),
                Figure.atMost(0, "late executions", ended.broken("I5")),
                Figure.atMost(0, "duplicate executions of plain calls", ended.broken("I2")),
                ended.noneBroken(),
                Figure.atMost(
                        1_000,
                        "ms p99 of idempotent calls",
                        ended.calls().idempotent().latencyMillis(0.99)),
                Figure.atMost(
                        1_200,
                        "ms from the freeze to the last failed call",
                        ended.calls().failed().lastPlannedMillisAfter(trial.faultNanos())));
    }
}
