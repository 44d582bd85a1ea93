package io.rpcboot.faults.cases;

import io.rpcboot.client.RpcClient;
import io.rpcboot.faults.load.LoadShape;
import java.time.Duration;
import java.util.List;

/** D3. */
final class D3RollingRestart implements FaultCase {

    private static final Duration EXIT_LIMIT = Duration.ofSeconds(40);

    private final int rounds;
    private final int rate;
    private final Duration faultFree;

    D3RollingRestart(int rounds, int rate, Duration faultFree) {
        this.rounds = rounds;
        this.rate = rate;
        this.faultFree = faultFree;
    }

    @Override
    public String id() {
        return "D3";
    }

    @Override
    public String description() {
        return "Rolling restart by SIGTERM of three Spring Boot providers, " + rounds + " rounds, " + rate
                + " plain calls/s";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        Peers peers = Peers.spring(stage, 3);
        RpcClient client = stage.client(stage.resolver());
        Peers.awaitKnown(client, 3);
        Trial trial = Trial.begin(stage, client, LoadShape.plain(rate), faultFree);
        double slowestExit = 0;
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < peers.count(); i++) {
                peers.get(i).terminate();
                slowestExit =
                        Math.max(slowestExit, peers.get(i).awaitExit(EXIT_LIMIT).toMillis());
                peers.startAgain(i);
                Peers.awaitKnown(client, 3);
            }
        }
        long over = System.nanoTime();
        trial.runFor(Duration.ofSeconds(2));
        Trial.Ended ended = trial.end(over);
        return List.of(
                Figure.atMost(0, "plain calls failed", ended.calls().failed().count()),
                ended.noneBroken(),
                Figure.atMost(25_000, "ms until the slowest process was gone", slowestExit),
                Figure.atLeast(rounds * 3L * rate, "calls made", ended.calls().count()));
    }
}
