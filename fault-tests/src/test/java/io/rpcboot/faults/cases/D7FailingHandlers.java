package io.rpcboot.faults.cases;

import io.rpcboot.Endpoint;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.client.RpcClient;
import io.rpcboot.faults.load.LoadShape;
import io.rpcboot.faults.peer.PeerProcess;
import io.rpcboot.faults.peer.Ports;
import io.rpcboot.faults.proto.ActRequest;
import io.rpcboot.faults.proto.ActResponse;
import io.rpcboot.faults.proto.ActServiceAsync;
import io.rpcboot.faults.proto.Failure;
import io.rpcboot.naming.FixedEndpoints;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** D7. */
final class D7FailingHandlers implements FaultCase {

    private static final int RATE = 1_000;
    private static final int EACH = 20;
    private static final int ROUNDS = 5;
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    /** Apart from those that the load gives. */
    private static final long FIRST_ID = 1L << 40;

    @Override
    public String id() {
        return "D7";
    }

    @Override
    public String description() {
        return "A handler overflows its stack, throws OutOfMemoryError and NoClassDefFoundError, returns null, never returns, "
                + EACH + " times each, beside " + RATE + " calls/s to the same server";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        PeerProcess peer = stage.plain("peer0", Ports.free(1).get(0)).awaitListening();
        RpcClient client = stage.client(FixedEndpoints.of(Endpoint.of("127.0.0.1", peer.port())));
        Trial trial = Trial.begin(stage, client, LoadShape.mixed(RATE));
        Map<CompletableFuture<ActResponse>, RpcStatus> calls = new LinkedHashMap<>();
        ActServiceAsync acts = client.client(ActServiceAsync.class).with(options -> options.timeout(TIMEOUT));
        for (int round = 0; round < ROUNDS; round++) {
            callFailing(acts, calls);
            trial.runFor(Duration.ofSeconds(1));
        }
        long over = System.nanoTime();
        trial.runFor(Duration.ofSeconds(10));
        Trial.Ended ended = trial.end(over);
        Calls afterwards = ended.calls().planned(over, Long.MAX_VALUE).succeeded();
        return List.of(
                Figure.atMost(
                        0,
                        "failing calls told otherwise than INTERNAL or, if they never return, time-out",
                        wrong(calls)),
                Figure.atMost(0, "other calls failed", ended.calls().failed().count()),
                Figure.atLeast(RATE * 10 * 0.99, "calls served in the 10 s afterwards", afterwards.count()),
                ended.noneBroken());
    }

    private static void callFailing(ActServiceAsync acts, Map<CompletableFuture<ActResponse>, RpcStatus> calls) {
        for (Failure failure : Failure.values()) {
            if (failure == Failure.FAILURE_UNSPECIFIED || failure == Failure.UNRECOGNIZED) {
                continue;
            }
            for (int i = 0; i < EACH / ROUNDS; i++) {
                ActRequest request = ActRequest.newBuilder()
                        .setId(FIRST_ID + calls.size())
                        .setFailure(failure)
                        .build();
                calls.put(
                        acts.act(request),
                        failure == Failure.NEVER_RETURNS ? RpcStatus.DEADLINE_EXCEEDED : RpcStatus.INTERNAL);
            }
        }
    }

    private static long wrong(Map<CompletableFuture<ActResponse>, RpcStatus> calls) throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<CompletableFuture<ActResponse>, RpcStatus> call : calls.entrySet()) {
            String told = told(call.getKey());
            if (!told.startsWith(call.getValue() + " ")) {
                wrong.add(told + " (expected: " + call.getValue() + ")");
            }
        }
        wrong.forEach(System.out::println);
        return wrong.size();
    }

    private static String told(CompletableFuture<ActResponse> call) throws Exception {
        try {
            return "an answer: " + call.get(TIMEOUT.toSeconds() + 5, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return e.getCause() instanceof RpcException rpc ? rpc.status() + " " + rpc.getMessage() : "" + e.getCause();
        }
    }
}
