package io.rpcboot.faults.cases;

import io.rpcboot.Endpoint;
import io.rpcboot.client.RpcClient;
import io.rpcboot.faults.load.LoadShape;
import io.rpcboot.faults.peer.Defect;
import io.rpcboot.faults.peer.Ports;
import io.rpcboot.naming.FixedEndpoints;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** F3. */
final class F3RetriesOfFailures implements FaultCase {

    private static final int RATE = 300;
    private static final Duration FAILING = Duration.ofSeconds(10);
    private static final Duration NORMAL_AGAIN = Duration.ofSeconds(2);
    private static final String LAST = "peer0";

    @Override
    public String id() {
        return "F3";
    }

    @Override
    public String description() {
        return "A server fails all calls for " + FAILING.toSeconds() + " s, " + RATE
                + " idempotent calls/s; then the same at the end of a chain of three";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        List<Figure> figures = new ArrayList<>();
        try (Stage alone = Stage.below(stage.directory(), "alone")) {
            int port = Ports.free(1).get(0);
            alone.plain(LAST, port).awaitListening();
            Failed failed = fail(alone, port);
            figures.add(Figure.atMost(
                    1.1 * failed.calls() + 3 * FAILING.toSeconds(),
                    "attempts for the calls to one server",
                    failed.attempts()));
            figures.addAll(failed.figures(""));
        }
        try (Stage chain = Stage.below(stage.directory(), "chain")) {
            List<Integer> ports = Ports.free(3);
            chain.plain(LAST, ports.get(0)).awaitListening();
            chain.relay("middle", ports.get(1), ports.get(0)).awaitListening();
            chain.relay("first", ports.get(2), ports.get(1)).awaitListening();
            Failed failed = fail(chain, ports.get(2));
            figures.add(
                    Figure.atMost(1.2 * failed.calls(), "attempts that the last of a chain saw", failed.attempts()));
            figures.addAll(failed.figures(", chain"));
        }
        return figures;
    }

    private static Failed fail(Stage stage, int port) throws Exception {
        RpcClient client = stage.client(FixedEndpoints.of(Endpoint.of("127.0.0.1", port)));
        Trial trial = Trial.begin(stage, client, LoadShape.plain(RATE).withIdempotentShare(100));
        Defect defect = Defect.of(stage.directory(), LAST);
        long start = System.nanoTime();
        defect.beginUncertain();
        trial.runFor(FAILING);
        long repaired = System.nanoTime();
        defect.end();
        trial.runFor(Duration.ofSeconds(8));
        Trial.Ended ended = trial.withoutHealthyMajority().end(repaired);
        return new Failed(ended, start, repaired);
    }

    private record Failed(Trial.Ended ended, long start, long repaired) {

        int calls() {
            return meanwhile().count();
        }

        int attempts() {
            return ended.runsOf(meanwhile()).size();
        }

        private Calls meanwhile() {
            return ended.calls().planned(start, repaired);
        }

        List<Figure> figures(String where) {
            long normal = repaired + NORMAL_AGAIN.toNanos();
            return List.of(
                    Figure.atLeast(1.02 * calls(), "attempts, since some calls are tried again" + where, attempts()),
                    Figure.atMost(
                            0,
                            "calls failed that were planned over 2 s after the repair" + where,
                            ended.calls()
                                    .planned(normal, Long.MAX_VALUE)
                                    .failed()
                                    .count()),
                    Figure.atMost(0, "violations of I1 to I9" + where, ended.broken()));
        }
    }
}
