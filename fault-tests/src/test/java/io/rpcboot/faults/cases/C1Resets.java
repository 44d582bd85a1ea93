package io.rpcboot.faults.cases;

import io.rpcboot.Outcome;
import io.rpcboot.client.RpcClient;
import io.rpcboot.faults.load.LoadShape;
import io.rpcboot.faults.net.FaultProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** C1. */
final class C1Resets implements FaultCase {

    private static final int SECONDS = 60;

    @Override
    public String id() {
        return "C1";
    }

    @Override
    public String description() {
        return "All connections to three providers reset every second for " + SECONDS
                + " s, 1,000 calls/s, half of them plain";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        Peers peers = Peers.plain(stage, 3);
        List<FaultProxy> proxies = peers.behindProxies(stage);
        RpcClient client = stage.client(Peers.behind(proxies));
        Trial trial = Trial.begin(stage, client, LoadShape.mixed(1_000));
        List<Long> resets = new ArrayList<>();
        for (int i = 0; i < SECONDS; i++) {
            resets.add(System.nanoTime());
            proxies.forEach(FaultProxy::resetAll);
            trial.runFor(Duration.ofSeconds(1));
        }
        long over = System.nanoTime();
        trial.runFor(Duration.ofSeconds(7));
        Trial.Ended ended = trial.withoutHealthyMajority().end(over);
        Calls plain = ended.calls().plain().failed();
        long late = ended.calls().failed().list().stream()
                .filter(call -> resets.stream()
                        .noneMatch(reset -> call.endNanos() - reset >= 0
                                && call.plannedNanos() - reset
                                        < Duration.ofMillis(200).toNanos()))
                .count();
        return List.of(
                Figure.atMost(
                        0,
                        "idempotent calls failed",
                        ended.calls().idempotent().failed().count()),
                Figure.atMost(0, "calls failed that were planned over 200 ms after a reset", late),
                Figure.atMost(
                        0,
                        "plain calls failed otherwise than with 'may have run'",
                        plain.count() - plain.with(Outcome.MAY_HAVE_RUN).count()),
                Figure.atMost(
                        10.0 * SECONDS, "plain calls failed, those in flight at " + SECONDS + " resets", plain.count()),
                ended.noneBroken());
    }
}
