package io.rpcboot.faults.cases;

import io.rpcboot.Outcome;
import io.rpcboot.client.RpcClient;
import io.rpcboot.faults.load.LoadShape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** D1. */
final class D1Crash implements FaultCase {

    private final int kills;
    private final int rate;
    private final Duration faultFree;

    D1Crash(int kills, int rate, Duration faultFree) {
        this.kills = kills;
        this.rate = rate;
        this.faultFree = faultFree;
    }

    @Override
    public String id() {
        return "D1";
    }

    @Override
    public String description() {
        return "kill -9 of one of three providers, " + kills + " times, " + rate + " calls/s, half of them plain";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        Peers peers = Peers.plain(stage, 3);
        RpcClient client = stage.client(peers.fixed());
        Trial trial = Trial.begin(stage, client, LoadShape.mixed(rate), faultFree);
        List<Long> moments = new ArrayList<>();
        for (int i = 0; i < kills; i++) {
            moments.add(System.nanoTime());
            peers.get(i % peers.count()).kill();
            trial.runFor(Duration.ofSeconds(1));
            peers.startAgain(i % peers.count());
            trial.runFor(Duration.ofSeconds(2));
        }
        Trial.Ended ended = trial.end(System.nanoTime());
        Calls plain = ended.calls().plain().failed();
        int worst = 0;
        double last = 0;
        for (int i = 0; i < kills; i++) {
            long from = moments.get(i);
            long to = i + 1 < kills ? moments.get(i + 1) : System.nanoTime();
            worst = Math.max(worst, plain.ended(from, to).count());
            last = Math.max(last, ended.calls().failed().ended(from, to).lastEndMillisAfter(from));
        }
        return List.of(
                Figure.atMost(10, "plain calls failed at the worst kill", worst),
                Figure.atMost(
                        0,
                        "idempotent calls failed",
                        ended.calls().idempotent().failed().count()),
                Figure.atMost(
                        0,
                        "plain calls failed otherwise than with 'may have run'",
                        plain.count() - plain.with(Outcome.MAY_HAVE_RUN).count()),
                ended.noneBroken(),
                Figure.atMost(200, "ms from a kill to the last failed call", last));
    }
}
