package io.rpcboot.faults.cases;

import static org.awaitility.Awaitility.await;

import io.rpcboot.Endpoint;
import io.rpcboot.Outcome;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.client.RpcClient;
import io.rpcboot.faults.peer.PeerProcess;
import io.rpcboot.faults.peer.Ports;
import io.rpcboot.faults.proto.ActRequest;
import io.rpcboot.faults.proto.ActService;
import io.rpcboot.naming.FixedEndpoints;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** E4. */
final class E4StartWithoutRegistry implements FaultCase {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int CALLS = 200;

    @Override
    public String id() {
        return "E4";
    }

    @Override
    public String description() {
        return "A Spring Boot provider and two consumers, one with a saved list, start while ZooKeeper is away, which then comes back";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        String saved = "--rpc.registry.snapshot=" + stage.directory().resolve("saved");
        int port = Ports.free(1).get(0);
        long start = System.nanoTime();
        PeerProcess peer = stage.spring("normal", port).awaitListening();
        double normal = millisSince(start);
        start = System.nanoTime();
        ActService before = stage.consumer(saved).acts();
        double normalConsumer = millisSince(start);
        await().atMost(LIMIT).until(() -> failed(before, 1) == null);
        peer.kill();
        stage.zookeeper().stop();

        start = System.nanoTime();
        stage.spring("alone", port).awaitListening();
        double alone = millisSince(start);
        // The first call to a new process loads classes: it is given time.
        ActService direct = acts(stage.client(FixedEndpoints.of(Endpoint.of("127.0.0.1", port))))
                .with(options -> options.timeout(LIMIT));
        int directFailed = failed(direct, 2) == null ? 0 : 1;

        start = System.nanoTime();
        ActService acts = stage.consumer().acts();
        double aloneConsumer = millisSince(start);
        long called = System.nanoTime();
        RpcException first = failed(acts, 3);
        double firstMillis = millisSince(called);
        called = System.nanoTime();
        RpcException second = failed(acts, 4);
        double secondMillis = millisSince(called);
        long id = 5;
        ActService bySaved = stage.consumer(saved).acts();
        int savedFailed = 0;
        while (id < 5 + CALLS) {
            savedFailed += failed(bySaved, id++) == null ? 0 : 1;
        }

        Files.write(stage.directory().resolve("failures.txt"), List.of("" + first, "" + second));
        stage.zookeeper().restart();
        long back = System.nanoTime();
        while (failed(acts, id++) != null && millisSince(back) < LIMIT.toMillis()) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return List.of(
                Figure.atMost(0, "direct calls failed", directFailed),
                Figure.atMost(normal + 3_000, "ms until the provider listened", alone),
                Figure.atMost(normalConsumer + 3_000, "ms until the consumer had started", aloneConsumer),
                Figure.atMost(
                        0,
                        "calls that failed otherwise than UNAVAILABLE and 'did not run'",
                        wrong(first) + wrong(second)),
                Figure.atMost(100, "ms of the first failed call", firstMillis),
                Figure.atMost(100, "ms of the second failed call", secondMillis),
                Figure.atMost(0, "calls by the saved list failed", savedFailed),
                Figure.atMost(3_000, "ms from the registry's return to the first success", millisSince(back)));
    }

    private static ActService acts(RpcClient client) {
        return client.client(ActService.class);
    }

    private static RpcException failed(ActService acts, long id) {
        try {
            acts.act(ActRequest.newBuilder().setId(id).build());
            return null;
        } catch (RpcException e) {
            return e;
        }
    }

    private static int wrong(RpcException failure) {
        boolean right = failure != null
                && failure.status() == RpcStatus.UNAVAILABLE
                && failure.outcome() == Outcome.DID_NOT_RUN;
        return right ? 0 : 1;
    }

    private static double millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e6;
    }
}
