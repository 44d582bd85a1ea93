package io.rpcboot.faults.cases;

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

    @Override
    public String id() {
        return "E4";
    }

    @Override
    public String description() {
        return "A Spring Boot provider and a consumer start while ZooKeeper is away, which then comes back";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        stage.zookeeper();
        double normal = millisToListen(stage, "normal", Ports.free(1).get(0));
        stage.zookeeper().stop();
        int port = Ports.free(1).get(0);
        double alone = millisToListen(stage, "alone", port);
        // The first call to a new process loads classes: it is given time.
        ActService direct = acts(stage.client(FixedEndpoints.of(Endpoint.of("127.0.0.1", port))))
                .with(options -> options.timeout(LIMIT));
        int directFailed = failed(direct, 1) == null ? 0 : 1;

        ActService acts = acts(stage.client(stage.resolver()));
        long called = System.nanoTime();
        RpcException first = failed(acts, 2);
        double firstMillis = millisSince(called);
        called = System.nanoTime();
        RpcException second = failed(acts, 3);
        double secondMillis = millisSince(called);

        Files.write(stage.directory().resolve("failures.txt"), List.of("" + first, "" + second));
        stage.zookeeper().restart();
        long back = System.nanoTime();
        long id = 4;
        while (failed(acts, id++) != null && millisSince(back) < LIMIT.toMillis()) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return List.of(
                Figure.atMost(0, "direct calls failed", directFailed),
                Figure.atMost(normal + 3_000, "ms until the provider listened", alone),
                Figure.atMost(
                        0,
                        "calls that failed otherwise than UNAVAILABLE and 'did not run'",
                        wrong(first) + wrong(second)),
                Figure.atMost(100, "ms of the first failed call", firstMillis),
                Figure.atMost(100, "ms of the second failed call", secondMillis),
                Figure.atMost(3_000, "ms from the registry's return to the first success", millisSince(back)));
    }

    private static double millisToListen(Stage stage, String name, int port) throws Exception {
        long start = System.nanoTime();
        PeerProcess peer = stage.spring(name, port);
        peer.awaitListening();
        double millis = millisSince(start);
        if (name.equals("normal")) {
            peer.close();
        }
        return millis;
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
