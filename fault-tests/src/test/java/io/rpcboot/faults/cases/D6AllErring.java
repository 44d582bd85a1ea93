package io.rpcboot.faults.cases;

import io.rpcboot.client.RpcClient;
import io.rpcboot.faults.load.LoadShape;
import io.rpcboot.faults.peer.Defect;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** D6. */
final class D6AllErring implements FaultCase {

    private static final int RATE = 1_000;
    private static final int SECONDS = 15;

    @Override
    public String id() {
        return "D6";
    }

    @Override
    public String description() {
        return "All three providers answer every call with an error for " + SECONDS + " s, then none does, " + RATE
                + " calls/s, half of them plain";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        Peers peers = Peers.plain(stage, 3);
        RpcClient client = stage.client(peers.fixed());
        Trial trial = Trial.begin(stage, client, LoadShape.mixed(RATE));
        List<Defect> defects = new ArrayList<>();
        for (int i = 0; i < peers.count(); i++) {
            defects.add(Defect.of(stage.directory(), peers.get(i).name()));
        }
        long erring = beginAll(defects);
        trial.runFor(Duration.ofSeconds(SECONDS));
        long repairing = System.nanoTime();
        long repaired = endAll(defects);
        trial.runFor(Duration.ofSeconds(10));
        Trial.Ended ended = trial.withoutHealthyMajority().end(repaired);
        Calls during = ended.calls().planned(erring, repairing);
        return List.of(
                Figure.atLeast(
                        99.9, "percent of the calls that were sent while all erred", 100 * ended.shareThatRan(during)),
                Figure.atLeast(RATE * (SECONDS - 1.0), "calls made while all erred", during.count()),
                Figure.atMost(
                        0,
                        "calls failed that were planned over 2 s after the repair",
                        ended.calls()
                                .planned(repaired + Duration.ofSeconds(2).toNanos(), Long.MAX_VALUE)
                                .failed()
                                .count()),
                Figure.atMost(0, "violations of I1 to I7", ended.broken("I1", "I2", "I3", "I4", "I5", "I6", "I7")));
    }

    private static long beginAll(List<Defect> defects) throws IOException {
        for (Defect defect : defects) {
            defect.begin();
        }
        return System.nanoTime();
    }

    private static long endAll(List<Defect> defects) throws IOException {
        for (Defect defect : defects) {
            defect.end();
        }
        return System.nanoTime();
    }
}
