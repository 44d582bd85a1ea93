package io.rpcboot.faults.cases;

import io.rpcboot.Endpoint;
import io.rpcboot.RpcStatus;
import io.rpcboot.client.RpcClient;
import io.rpcboot.faults.load.LoadShape;
import io.rpcboot.faults.load.OpenLoopLoad;
import io.rpcboot.faults.peer.PeerProcess;
import io.rpcboot.faults.peer.Ports;
import io.rpcboot.faults.proto.StuckServiceAsync;
import io.rpcboot.naming.FixedEndpoints;
import java.time.Duration;
import java.util.List;

/** D8. */
final class D8StuckService implements FaultCase {

    private static final int SECONDS = 15;
    private static final int STUCK_RATE = 200;

    /** Until the workers are all held and the queue before them has been seen to stand. */
    private static final Duration FILLING = Duration.ofSeconds(3);

    @Override
    public String id() {
        return "D8";
    }

    @Override
    public String description() {
        return "One of two services of a server blocks all the workers it may hold, " + STUCK_RATE
                + " calls/s, while the other gets 1,000 calls/s";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        PeerProcess peer =
                stage.plain("peer0", Ports.free(1).get(0), "200", "stuck").awaitListening();
        RpcClient client = stage.client(FixedEndpoints.of(Endpoint.of("127.0.0.1", peer.port())));
        Trial trial = Trial.begin(stage, client, LoadShape.mixed(1_000));
        LoadShape shape = LoadShape.plain(STUCK_RATE);
        StuckServiceAsync stuck =
                client.client(StuckServiceAsync.class).with(options -> options.timeout(shape.timeout()));
        OpenLoopLoad load = stage.closing(OpenLoopLoad.start((request, idempotent) -> stuck.stick(request), shape));
        trial.runFor(Duration.ofSeconds(SECONDS));
        Calls late = new Calls(load.finish()).planned(trial.faultNanos() + FILLING.toNanos(), Long.MAX_VALUE);
        Trial.Ended ended = trial.end(System.nanoTime());
        Calls refused = late.where(call -> call.status() == RpcStatus.RESOURCE_EXHAUSTED);
        return List.of(
                Figure.atMost(
                        0,
                        "calls of the other service failed",
                        ended.calls().failed().count()),
                Figure.atMost(
                        2,
                        "times the p99 before, of the other service",
                        ended.calls().latencyMillis(0.99) / trial.before(ended).latencyMillis(0.99)),
                Figure.atMost(0, "calls of the blocked service that were not refused", late.count() - refused.count()),
                Figure.atLeast(STUCK_RATE * 10.0, "calls of the blocked service refused", refused.count()),
                Figure.atMost(20, "ms p99 until a refusal was told", refused.latencyMillis(0.99)),
                ended.noneBroken());
    }
}
