package io.rpcboot.faults.cases;

import static org.awaitility.Awaitility.await;

import io.rpcboot.Endpoint;
import io.rpcboot.client.RpcClient;
import io.rpcboot.faults.load.LoadShape;
import io.rpcboot.faults.net.AcceptQueues;
import io.rpcboot.faults.net.ManyLinks;
import io.rpcboot.faults.peer.PeerProcess;
import io.rpcboot.faults.peer.Ports;
import io.rpcboot.faults.proto.ActRequest;
import io.rpcboot.faults.proto.ActResponse;
import io.rpcboot.faults.proto.ActServiceAsync;
import io.rpcboot.naming.FixedEndpoints;
import io.rpcboot.transport.Transport;
import io.rpcboot.transport.TransportOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** C8. */
final class C8Reconnects implements FaultCase {

    private static final int CONNECTIONS = 2_000;
    private static final int RATE = 500;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Apart from those that the load gives. */
    private static final long FIRST_ID = 1L << 41;

    @Override
    public String id() {
        return "C8";
    }

    @Override
    public String description() {
        return CONNECTIONS
                + " connections to one provider cut at once and coming back, beside a caller with a connection of its own, "
                + RATE + " calls/s";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        PeerProcess peer = stage.plain("peer0", Ports.free(1).get(0)).awaitListening();
        ManyLinks links = stage.closing(ManyLinks.start(peer.port()));
        List<ActServiceAsync> callers = callers(stage, links.port());
        failedOf(callers);
        await().atMost(LIMIT).until(() -> links.standing() == CONNECTIONS);
        RpcClient untouched = stage.client(FixedEndpoints.of(Endpoint.of("127.0.0.1", peer.port())));
        Trial trial = Trial.begin(stage, untouched, LoadShape.mixed(RATE));
        long overflows = AcceptQueues.overflows();
        long cut = System.nanoTime();
        links.cutAll();
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(20)).until(() -> links.standing() == CONNECTIONS);
        int failed = failedOf(callers);
        double backMillis = (System.nanoTime() - cut) / (double) TimeUnit.MILLISECONDS.toNanos(1);
        trial.runFor(Duration.ofSeconds(7));
        Trial.Ended ended = trial.end(cut);
        return List.of(
                Figure.atMost(
                        0,
                        "calls failed over the connection that was not cut",
                        ended.calls().failed().count()),
                Figure.atMost(10_000, "ms until a call over each of the others was answered", backMillis),
                Figure.atMost(0, "callers whose call failed when their connection was back", failed),
                Figure.atMost(
                        0, "connections turned away by a full accept queue", AcceptQueues.overflows() - overflows),
                ended.noneBroken());
    }

    /** Clients with a connection each, and few transports for all. */
    private static List<ActServiceAsync> callers(Stage stage, int port) {
        List<ActServiceAsync> callers = new ArrayList<>();
        for (int transports = 0; transports < 4; transports++) {
            Transport transport = stage.closing(Transport.tcp(TransportOptions.DEFAULT.withEventLoops(1)));
            for (int i = 0; i < CONNECTIONS / 4; i++) {
                RpcClient client = stage.closing(RpcClient.builder(transport)
                        .resolver(FixedEndpoints.of(Endpoint.of("127.0.0.1", port)))
                        .callbackExecutor(Runnable::run)
                        .build());
                callers.add(client.client(ActServiceAsync.class).with(options -> options.timeout(LIMIT)));
            }
        }
        return callers;
    }

    /** Has each make one call; how many of the calls failed. */
    private static int failedOf(List<ActServiceAsync> callers) {
        List<CompletableFuture<ActResponse>> calls = new ArrayList<>();
        for (ActServiceAsync caller : callers) {
            calls.add(caller.read(
                    ActRequest.newBuilder().setId(FIRST_ID + calls.size()).build()));
        }
        return (int) calls.stream()
                .map(call -> call.handle((reply, failure) -> failure != null))
                .filter(CompletableFuture::join)
                .count();
    }
}
