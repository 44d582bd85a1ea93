package io.rpcboot.faults.cases;

import io.rpcboot.CallContext;
import io.rpcboot.Cancellation;
import io.rpcboot.Deadline;
import io.rpcboot.Endpoint;
import io.rpcboot.Metadata;
import io.rpcboot.Outcome;
import io.rpcboot.Peer;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.faults.net.ScriptedServer;
import io.rpcboot.faults.proto.ActRequest;
import io.rpcboot.faults.proto.ActResponse;
import io.rpcboot.faults.proto.ActServiceAsync;
import io.rpcboot.faults.proto.ActServiceContract;
import io.rpcboot.naming.FixedEndpoints;
import io.rpcboot.server.AdmissionOptions;
import io.rpcboot.transport.WorkerThreads;
import io.rpcboot.wire.schema.RpcHeader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** B2. */
final class B2Expired implements FaultCase {

    private static final int CALLS = 200;
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration BLOCKED = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(60);

    @Override
    public String id() {
        return "B2";
    }

    @Override
    public String description() {
        return CALLS + " calls whose deadline has passed before they are sent, and " + CALLS + " calls of "
                + SHORT.toMillis() + " ms that wait for the only worker, which is held for 1 s; with patient and with"
                + " default admission";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        List<Figure> figures = new ArrayList<>(beforeSending(stage));
        figures.addAll(inTheQueue(stage, "patient", new AdmissionOptions(LONG, LONG)));
        figures.addAll(inTheQueue(stage, "default", AdmissionOptions.DEFAULT));
        return figures;
    }

    private static List<Figure> beforeSending(Stage stage) throws Exception {
        ScriptedServer counting = stage.closing(ScriptedServer.start(request -> RpcHeader.getDefaultInstance()));
        ActServiceAsync acts = stage.client(FixedEndpoints.of(Endpoint.of("127.0.0.1", counting.port())))
                .client(ActServiceAsync.class);
        RpcException opening = Failure.of(acts.with(o -> o.timeout(LONG)).act(ActRequest.getDefaultInstance()));
        int before = counting.requests();
        int otherwise = 0;
        CallContext over = new CallContext(
                ActServiceContract.ACT,
                Metadata.EMPTY,
                Deadline.afterNanos(-1),
                Peer.at("test"),
                new Cancellation(),
                0);
        for (int i = 0; i < CALLS; i++) {
            try (CallContext.Scope scope = over.enter()) {
                RpcException failure = Failure.of(acts.act(ActRequest.getDefaultInstance()));
                otherwise += isTooLate(failure) ? 0 : 1;
            }
        }
        return List.of(
                Figure.atLeast(1, "calls sent while there was time", opening == null ? before : 0),
                Figure.atMost(0, "calls sent after their deadline", counting.requests() - before),
                Figure.atMost(0, "of these that ended otherwise than with 'did not run' and too late", otherwise));
    }

    private static boolean isTooLate(RpcException failure) {
        return failure != null
                && failure.status() == RpcStatus.DEADLINE_EXCEEDED
                && failure.outcome() == Outcome.DID_NOT_RUN;
    }

    private static List<Figure> inTheQueue(Stage stage, String admission, AdmissionOptions options) throws Exception {
        Set<Long> ran = ConcurrentHashMap.newKeySet();
        CountDownLatch held = new CountDownLatch(1);
        LocalProvider provider = LocalProvider.serve(
                stage,
                request -> {
                    ran.add(request.getId());
                    if (request.getDelayMs() > 0) {
                        held.countDown();
                        hold(request.getDelayMs());
                    }
                    return LocalProvider.answered(request);
                },
                server -> server.admission(options).workers(WorkerThreads.platform(1, "only-worker")));
        ActServiceAsync acts = stage.client(provider.fixed()).client(ActServiceAsync.class);
        ActServiceAsync patient = acts.with(o -> o.timeout(LONG));
        CompletableFuture<ActResponse> blocking = patient.act(ActRequest.newBuilder()
                .setId(-1)
                .setDelayMs((int) BLOCKED.toMillis())
                .build());
        held.await();
        List<CompletableFuture<ActResponse>> waiting = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            waiting.add(acts.with(o -> o.timeout(SHORT))
                    .act(ActRequest.newBuilder().setId(i).build()));
        }
        int succeeded = 0;
        for (CompletableFuture<ActResponse> one : waiting) {
            succeeded += Failure.of(one) == null ? 1 : 0;
        }
        Failure.of(blocking);
        // Behind whatever is left of the queue.
        RpcException afterwards =
                Failure.of(patient.act(ActRequest.newBuilder().setId(-2).build()));
        return List.of(
                Figure.atMost(
                        0,
                        "expired calls that ran; " + admission + " admission",
                        ran.stream().filter(id -> id >= 0).count()),
                Figure.atMost(0, "calls that succeeded behind the held worker; " + admission + " admission", succeeded),
                Figure.atLeast(1, "calls served afterwards; " + admission + " admission", afterwards == null ? 1 : 0));
    }

    private static void hold(int millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
