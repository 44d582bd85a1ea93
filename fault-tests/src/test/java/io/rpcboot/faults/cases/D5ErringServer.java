package io.rpcboot.faults.cases;

import io.rpcboot.client.RpcClient;
import io.rpcboot.faults.load.LoadShape;
import io.rpcboot.faults.peer.Defect;
import java.time.Duration;
import java.util.List;

/** D5. */
final class D5ErringServer implements FaultCase {

    private static final int RATE = 1_000;

    @Override
    public String id() {
        return "D5";
    }

    @Override
    public String description() {
        return "One of three providers answers every call with an error for 20 s, " + RATE
                + " calls/s, half of them plain";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        Peers peers = Peers.plain(stage, 3);
        RpcClient client = stage.client(peers.fixed());
        Trial trial = Trial.begin(stage, client, LoadShape.mixed(RATE));
        Defect defect = Defect.of(stage.directory(), "peer0");
        long start = System.nanoTime();
        defect.begin();
        trial.runFor(Duration.ofSeconds(20));
        long repaired = System.nanoTime();
        defect.end();
        trial.runFor(Duration.ofSeconds(10));
        Trial.Ended ended = trial.withoutHealthyMajority().end(repaired);
        long ejected = start + Duration.ofSeconds(1).toNanos();
        double share = 100.0 * runs(ended, ejected, repaired) / (RATE * 19);
        long back = repaired + Duration.ofSeconds(5).toNanos();
        double shareBack =
                100.0 * runs(ended, back, back + Duration.ofSeconds(4).toNanos()) / (RATE * 4);
        return List.of(
                Figure.atMost(1, "percent of the calls that the erring server got after 1 s", share),
                Figure.atLeast(15, "percent of the calls that it got from 5 s after the repair on", shareBack),
                Figure.atMost(
                        0,
                        "calls failed after the repair",
                        ended.calls()
                                .planned(repaired, System.nanoTime())
                                .failed()
                                .count()),
                Figure.atMost(0, "violations of I1 to I7", ended.broken("I1", "I2", "I3", "I4", "I5", "I6", "I7")));
    }

    private static long runs(Trial.Ended ended, long fromNanos, long toNanos) {
        return ended.journal().stream()
                .filter(run -> run.peer().equals("peer0")
                        && run.startNanos() - fromNanos >= 0
                        && run.startNanos() - toNanos < 0)
                .count();
    }
}
