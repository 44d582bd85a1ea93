package io.rpcboot.faults.cases;

import io.rpcboot.client.RpcClient;
import io.rpcboot.faults.load.LoadShape;
import io.rpcboot.faults.net.FaultProxy;
import io.rpcboot.faults.net.LinkFaults;
import java.time.Duration;
import java.util.List;

/** C4. */
final class C4SlowServer implements FaultCase {

    private static final int RATE = 1_000;
    private static final Duration SLOW = Duration.ofSeconds(20);
    private static final Duration NOTICED = Duration.ofSeconds(5);
    private static final Duration TAKEN_BACK = Duration.ofSeconds(10);
    private static final Duration JUDGED = Duration.ofSeconds(5);

    @Override
    public String id() {
        return "C4";
    }

    @Override
    public String description() {
        return "Calls to one of three providers take 200 ms more for " + SLOW.toSeconds() + " s, " + RATE
                + " calls/s, half of them plain";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        Peers peers = Peers.plain(stage, 3);
        List<FaultProxy> proxies = peers.behindProxies(stage);
        RpcClient client = stage.client(Peers.behind(proxies));
        Trial trial = Trial.begin(stage, client, LoadShape.mixed(RATE));
        long slow = System.nanoTime();
        LinkFaults half = LinkFaults.delay(Duration.ofMillis(100), Duration.ZERO);
        proxies.get(0).faults(half, half);
        trial.runFor(SLOW);
        long quick = System.nanoTime();
        proxies.get(0).faults(LinkFaults.NONE, LinkFaults.NONE);
        trial.runFor(TAKEN_BACK.plus(JUDGED));
        Trial.Ended ended = trial.end(quick);
        long back = quick + TAKEN_BACK.toNanos();
        return List.of(
                Figure.atMost(0, "calls failed", ended.calls().failed().count()),
                Figure.atMost(
                        10,
                        "percent of the calls that the slow server got after 5 s",
                        100 * ended.shareOf("peer0", slow + NOTICED.toNanos(), quick)),
                Figure.atMost(
                        1.5,
                        "times the p99 before, of all calls while it was slow",
                        ended.calls().planned(slow, quick).latencyMillis(0.99)
                                / trial.before(ended).latencyMillis(0.99)),
                Figure.atLeast(
                        25,
                        "percent of the calls that it got from 10 s after that on",
                        100 * ended.shareOf("peer0", back, back + JUDGED.toNanos())),
                ended.noneBroken());
    }
}
