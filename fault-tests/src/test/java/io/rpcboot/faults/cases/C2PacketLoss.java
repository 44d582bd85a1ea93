package io.rpcboot.faults.cases;

import io.rpcboot.client.RpcClient;
import io.rpcboot.faults.load.CallRecord;
import io.rpcboot.faults.load.LoadShape;
import io.rpcboot.faults.net.IsolatedNetwork;
import io.rpcboot.faults.peer.JournalEntry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** C2 and C3: the packets of one of three providers are lost, both ways or one way. */
final class C2PacketLoss implements FaultCase {

    private static final Duration LOST = Duration.ofSeconds(8);

    private final String id;
    private final String what;
    private final List<Loss> losses;

    private C2PacketLoss(String id, String what, Loss... losses) {
        this.id = id;
        this.what = what;
        this.losses = List.of(losses);
    }

    static C2PacketLoss bothWays() {
        return new C2PacketLoss("C2", "both ways", new Loss("", true, true));
    }

    static C2PacketLoss oneWay() {
        return new C2PacketLoss(
                "C3",
                "to it, then from it",
                new Loss(", packets to it lost", true, false),
                new Loss(", packets from it lost", false, true));
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String description() {
        return "All packets of one of three providers lost " + what + ", for " + LOST.toSeconds()
                + " s, 1,000 calls/s, half of them plain";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        List<Figure> figures = new ArrayList<>();
        for (Loss loss : losses) {
            try (Stage own = Stage.below(stage.directory(), "loss")) {
                figures.addAll(run(own, loss));
            }
        }
        return figures;
    }

    private static List<Figure> run(Stage stage, Loss loss) throws Exception {
        IsolatedNetwork network = stage.closing(IsolatedNetwork.open());
        Peers peers = Peers.plain(stage, network.host(), 3);
        RpcClient client = stage.client(peers.fixed());
        Trial trial = Trial.begin(stage, client, LoadShape.mixed(1_000));
        loss.begin(network, peers.get(0).port());
        trial.runFor(LOST);
        network.heal();
        long healed = System.nanoTime();
        trial.runFor(Duration.ofSeconds(10));
        Trial.Ended ended = trial.end(healed);
        String where = loss.where();
        return List.of(
                Figure.atMost(
                        350,
                        "plain calls failed" + where,
                        ended.calls().plain().failed().count()),
                Figure.atMost(
                        0,
                        "idempotent calls failed" + where,
                        ended.calls().idempotent().failed().count()),
                Figure.atMost(
                        1_200,
                        "ms from the first loss to the last failed call" + where,
                        ended.calls().failed().lastPlannedMillisAfter(trial.faultNanos())),
                Figure.atMost(2_000, "ms until it was used again" + where, usedAgainMillis(ended, healed)),
                Figure.atMost(0, "violations of I1 to I9" + where, ended.broken()));
    }

    /** Requests that were on their way all the time may arrive before; they do not count. */
    private static double usedAgainMillis(Trial.Ended ended, long healed) {
        Set<Long> made = ended.calls().planned(healed, Long.MAX_VALUE).list().stream()
                .map(CallRecord::id)
                .collect(Collectors.toSet());
        long first = ended.runs(healed, healed + TimeUnit.HOURS.toNanos(1)).stream()
                .filter(run -> run.peer().equals("peer0") && made.contains(run.id()))
                .mapToLong(JournalEntry::startNanos)
                .min()
                .orElse(healed + TimeUnit.HOURS.toNanos(1));
        return (first - healed) / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }

    /** Which packets are lost. */
    private record Loss(String where, boolean toPeer, boolean fromPeer) {

        void begin(IsolatedNetwork network, int port) throws IOException, InterruptedException {
            if (toPeer) {
                network.dropTo(port);
            }
            if (fromPeer) {
                network.dropFrom(port);
            }
        }
    }
}
