package io.rpcboot.faults.cases;

import io.rpcboot.client.RpcClient;
import io.rpcboot.faults.load.LoadShape;
import java.time.Duration;
import java.util.List;

/** A4. */
final class A4AtMostOnce implements FaultCase {

    private static final int RATE = 1_000;
    private static final Duration FROZEN = Duration.ofSeconds(4);
    private static final Duration CALM = Duration.ofSeconds(3);

    private final Duration time;

    /**
     * The case over some time.
     *
     * @param time from the first fault to the last
     */
    A4AtMostOnce(Duration time) {
        this.time = time;
    }

    @Override
    public String id() {
        return "A4";
    }

    @Override
    public String description() {
        return "kill -9 and SIGSTOP in turn, one of three providers at a time, for " + time.toSeconds() + " s, " + RATE
                + " calls/s, half of them plain";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        Peers peers = Peers.plain(stage, 3);
        RpcClient client = stage.client(peers.fixed());
        Trial trial = Trial.begin(stage, client, LoadShape.mixed(RATE));
        int faults = 0;
        while (System.nanoTime() - trial.faultNanos() < time.toNanos()) {
            int peer = faults % peers.count();
            if (faults % 2 == 0) {
                killAndRestart(peers, peer, trial);
            } else {
                freezeAndResume(peers, peer, trial);
            }
            faults++;
            trial.runFor(CALM);
        }
        Trial.Ended ended = trial.end(System.nanoTime());
        return List.of(
                Figure.atMost(0, "plain calls that ran twice (I2)", ended.broken("I2")),
                Figure.atMost(0, "acknowledged calls that are in no journal (I3)", ended.broken("I3")),
                Figure.atMost(0, "calls that 'did not run' and are in a journal (I4)", ended.broken("I4")),
                ended.noneBroken(),
                Figure.atLeast(2, "faults", faults),
                Figure.atLeast(
                        0.9 * RATE * time.toSeconds(),
                        "calls that succeeded",
                        ended.calls().succeeded().count()));
    }

    private static void killAndRestart(Peers peers, int peer, Trial trial) throws Exception {
        peers.get(peer).kill();
        trial.runFor(Duration.ofSeconds(1));
        peers.startAgain(peer);
    }

    private static void freezeAndResume(Peers peers, int peer, Trial trial) throws Exception {
        peers.get(peer).freeze();
        trial.runFor(FROZEN);
        peers.get(peer).resume();
    }
}
