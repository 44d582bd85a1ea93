package io.rpcboot.faults.cases;

import io.rpcboot.Outcome;
import io.rpcboot.RpcException;
import io.rpcboot.client.RpcClient;
import io.rpcboot.faults.load.CallRecord;
import io.rpcboot.faults.load.LoadShape;
import io.rpcboot.faults.load.OpenLoopLoad;
import io.rpcboot.faults.proto.ActRequest;
import io.rpcboot.faults.proto.ActResponse;
import io.rpcboot.faults.proto.ActServiceAsync;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** D4. */
final class D4LongCalls implements FaultCase {

    private static final Duration GRACE = Duration.ofSeconds(10);

    @Override
    public String id() {
        return "D4";
    }

    @Override
    public String description() {
        return "SIGTERM with a grace period of 10 s to a Spring Boot provider that runs calls of 3 s, then to one with a call of 60 s";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        Peers peers = Peers.spring(stage, 1, "--rpc.server.shutdown.grace-period=" + GRACE.toSeconds() + "s");
        RpcClient client = stage.client(stage.resolver());
        Peers.awaitKnown(client, 1);
        ActServiceAsync acts = client.client(ActServiceAsync.class);
        List<CallRecord> finished = stopUnderLongCalls(peers, acts);

        peers.startAgain(0);
        Peers.awaitKnown(client, 1);
        // The client's news of the new process may be half a second old.
        warm(acts);
        CompletableFuture<ActResponse> minute = acts.with(o -> o.timeout(Duration.ofSeconds(60)))
                .act(ActRequest.newBuilder()
                        .setId(Long.MAX_VALUE)
                        .setDelayMs(60_000)
                        .build());
        TimeUnit.SECONDS.sleep(1);
        peers.get(0).terminate();
        double gone = peers.get(0).awaitExit(Duration.ofSeconds(60)).toMillis();
        return List.of(
                Figure.atMost(
                        0, "calls of 3 s failed", new Calls(finished).failed().count()),
                Figure.atLeast(20, "calls of 3 s under way or made", finished.size()),
                Figure.atMost(GRACE.toMillis() + 2_000, "ms until the process with the call of 60 s was gone", gone),
                Figure.atMost(
                        0,
                        "calls of 60 s that were told otherwise than 'may have run'",
                        toldMayHaveRun(minute) ? 0 : 1));
    }

    private static List<CallRecord> stopUnderLongCalls(Peers peers, ActServiceAsync acts) throws Exception {
        LoadShape slow = LoadShape.plain(20).withWorkMillis(3_000).withTimeout(Duration.ofSeconds(10));
        OpenLoopLoad load = OpenLoopLoad.start(acts, slow);
        load.runFor(Duration.ofSeconds(3));
        load.close();
        peers.get(0).terminate();
        peers.get(0).awaitExit(Duration.ofSeconds(60));
        return load.finish();
    }

    private static void warm(ActServiceAsync acts) throws Exception {
        OpenLoopLoad load = OpenLoopLoad.start(acts, LoadShape.plain(20));
        load.runFor(Duration.ofSeconds(2));
        load.finish();
    }

    private static boolean toldMayHaveRun(CompletableFuture<ActResponse> call) throws Exception {
        try {
            call.get(80, TimeUnit.SECONDS);
            return false;
        } catch (ExecutionException e) {
            return e.getCause() instanceof RpcException rpc && rpc.outcome() == Outcome.MAY_HAVE_RUN;
        }
    }
}
