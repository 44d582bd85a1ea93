package io.rpcboot.faults.cases;

import io.rpcboot.client.RpcClient;
import io.rpcboot.faults.load.CallRecord;
import io.rpcboot.faults.load.LoadShape;
import io.rpcboot.faults.peer.JournalEntry;
import io.rpcboot.faults.peer.Ports;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** E3. */
final class E3NewAddress implements FaultCase {

    @Override
    public String id() {
        return "E3";
    }

    @Override
    public String description() {
        return "ZooKeeper away; one of two Spring Boot providers restarts on its port; another starts on a new port; then ZooKeeper is back";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        Peers peers = Peers.spring(stage, 2);
        RpcClient client = stage.client(stage.resolver());
        Peers.awaitKnown(client, 2);
        Trial trial = Trial.begin(stage, client, LoadShape.mixed(500));
        stage.zookeeper().stop();
        peers.get(0).terminate();
        peers.get(0).awaitExit(Duration.ofSeconds(60));
        peers.startAgain(0);
        long listens = System.nanoTime();
        trial.runFor(Duration.ofSeconds(5));
        stage.spring("newcomer", Ports.free(1).get(0)).awaitListening();
        stage.zookeeper().restart();
        long back = System.nanoTime();
        trial.runFor(Duration.ofSeconds(10));
        Trial.Ended ended = trial.withoutHealthyMajority().end(back);
        return List.of(
                Figure.atMost(0, "calls failed", ended.calls().failed().count()),
                Figure.atMost(2_000, "ms until the restarted provider was used", firstUse(ended, "peer0", listens)),
                Figure.atMost(
                        5_000,
                        "ms from the registry's return until the new one was used",
                        firstUse(ended, "newcomer", back)),
                Figure.atMost(0, "violations of I2 to I7", ended.broken("I2", "I3", "I4", "I5", "I6", "I7")));
    }

    private static double firstUse(Trial.Ended ended, String peer, long sinceNanos) {
        Set<Long> ids = ended.all().list().stream().map(CallRecord::id).collect(Collectors.toSet());
        // An hour if never: no bound allows it.
        return ended.journal().stream()
                .filter(run -> run.peer().equals(peer) && ids.contains(run.id()))
                .mapToLong(JournalEntry::startNanos)
                .filter(start -> start - sinceNanos > -Duration.ofSeconds(2).toNanos())
                .mapToDouble(start -> Math.max(0, (start - sinceNanos) / 1e6))
                .min()
                .orElse(Duration.ofHours(1).toMillis());
    }
}
