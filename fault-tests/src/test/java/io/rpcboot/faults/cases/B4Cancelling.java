package io.rpcboot.faults.cases;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.rpcboot.CallContext;
import io.rpcboot.Endpoint;
import io.rpcboot.Outcome;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.faults.net.FaultProxy;
import io.rpcboot.faults.net.LinkFaults;
import io.rpcboot.faults.proto.ActRequest;
import io.rpcboot.faults.proto.ActResponse;
import io.rpcboot.faults.proto.ActServiceAsync;
import io.rpcboot.naming.FixedEndpoints;
import io.rpcboot.transport.AbuseLimits;
import io.rpcboot.transport.ServerLimits;
import io.rpcboot.transport.TransportOptions;
import io.rpcboot.transport.WorkerThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** B4. */
final class B4Cancelling implements FaultCase {

    private static final int QUEUED = 500;
    private static final int RUNNING = 500;
    private static final int SLOTS = 50;
    private static final int ANSWERING = 20;
    private static final int REPLY_BYTES = 3 << 20;

    /** A caller that cancels all and waits for nothing is more than a server bears by default. */
    private static final ServerLimits BEARING_CANCELS = ServerLimits.defaults()
            .withAbuse(new AbuseLimits(
                    AbuseLimits.DEFAULT.pingsPerSecond(), QUEUED + RUNNING, AbuseLimits.DEFAULT.unknownMethods()));

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(1);
    private static final Duration SETTLING = Duration.ofMillis(300);

    @Override
    public String id() {
        return "B4";
    }

    @Override
    public String description() {
        return "Callers cancel " + QUEUED + " calls that wait for the only worker, " + RUNNING
                + " that run, and " + ANSWERING + " whose reply of 3 MiB is half sent; and a slot is looked at " + SLOTS
                + " times";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        List<Figure> figures = new ArrayList<>();
        figures.add(queued(stage));
        figures.addAll(running(stage));
        figures.addAll(slot(stage));
        figures.addAll(answering(stage));
        return figures;
    }

    private static ActServiceAsync acts(Stage stage, LocalProvider provider) {
        return stage.client(provider.fixed()).client(ActServiceAsync.class).with(options -> options.timeout(LONG));
    }

    private static Figure queued(Stage stage) throws Exception {
        Set<Long> ran = ConcurrentHashMap.newKeySet();
        CountDownLatch release = new CountDownLatch(1);
        LocalProvider provider = LocalProvider.serve(
                stage,
                request -> {
                    ran.add(request.getId());
                    awaitLatch(release);
                    return LocalProvider.answered(request);
                },
                server ->
                        server.workers(WorkerThreads.platform(1, "only-worker")).limits(BEARING_CANCELS));
        ActServiceAsync acts = acts(stage, provider);
        CompletableFuture<ActResponse> holder = acts.act(request(-1));
        await().pollInterval(POLL).atMost(LONG).until(() -> ran.contains(-1L));
        List<CompletableFuture<ActResponse>> waiting = new ArrayList<>();
        for (int i = 0; i < QUEUED; i++) {
            waiting.add(acts.act(request(i)));
        }
        waiting.forEach(one -> one.cancel(true));
        // What is sent last has passed all cancellations on its way.
        CompletableFuture<ActResponse> last = acts.act(request(-2));
        TimeUnit.NANOSECONDS.sleep(SETTLING.toNanos());
        release.countDown();
        boolean served = Failure.of(holder) == null && Failure.of(last) == null;
        return Figure.atMost(
                0,
                "calls cancelled while they were queued that ran",
                served ? ran.stream().filter(id -> id >= 0).count() : QUEUED);
    }

    private static List<Figure> running(Stage stage) throws Exception {
        Map<Long, CompletableFuture<Long>> told = new ConcurrentHashMap<>();
        LocalProvider provider = LocalProvider.serve(
                stage,
                request -> {
                    CompletableFuture<ActResponse> reply = new CompletableFuture<>();
                    CompletableFuture<Long> moment = new CompletableFuture<>();
                    Objects.requireNonNull(CallContext.current()).cancellation().onCancel(() -> {
                        moment.complete(System.nanoTime());
                        reply.complete(LocalProvider.answer(request));
                    });
                    told.put(request.getId(), moment);
                    return reply;
                },
                server -> server.limits(BEARING_CANCELS));
        ActServiceAsync acts = acts(stage, provider);
        double[] millis = new double[RUNNING];
        for (int i = 0; i < RUNNING; i++) {
            long id = i;
            CompletableFuture<ActResponse> call = acts.act(request(id));
            await().pollInterval(POLL).atMost(LONG).until(() -> told.containsKey(id));
            long cancelled = System.nanoTime();
            call.cancel(true);
            millis[i] = (told.get(id).get(60, TimeUnit.SECONDS) - cancelled) / 1e6;
        }
        Arrays.sort(millis);
        await().atMost(LONG).until(() -> provider.server().isIdle().join());
        return List.of(
                Figure.atMost(50, "ms until a running handler was told; p99", millis[(int) (0.99 * RUNNING)]),
                Figure.atLeast(RUNNING, "running handlers told", told.size()));
    }

    /** A connection may have one call under way at this server; the handler passes over its cancellation. */
    private static List<Figure> slot(Stage stage) throws Exception {
        Map<Long, CompletableFuture<ActResponse>> running = new ConcurrentHashMap<>();
        LocalProvider provider = LocalProvider.serve(
                stage,
                request -> {
                    CompletableFuture<ActResponse> reply = new CompletableFuture<>();
                    if (request.getDelayMs() == 0) {
                        return LocalProvider.answered(request);
                    }
                    running.put(request.getId(), reply);
                    return reply;
                },
                server -> server,
                TransportOptions.DEFAULT.withMaxCalls(1));
        ActServiceAsync acts = acts(stage, provider);
        int taken = 0;
        int notFreed = 0;
        for (int i = 0; i < SLOTS; i++) {
            long id = i;
            CompletableFuture<ActResponse> call =
                    acts.act(request(id).toBuilder().setDelayMs(1).build());
            await().pollInterval(POLL).atMost(LONG).until(() -> running.containsKey(id));
            call.cancel(true);
            RpcException before =
                    Failure.of(acts.with(o -> o.timeout(Duration.ofMillis(30))).act(request(-1)));
            taken += refused(before) ? 0 : 1;
            running.get(id).complete(ActResponse.getDefaultInstance());
            await().pollInterval(POLL)
                    .atMost(LONG)
                    .until(() -> provider.server().isIdle().join());
            notFreed += Failure.of(acts.act(request(-2))) == null ? 0 : 1;
        }
        return List.of(
                Figure.atMost(0, "slots free before their cancelled handler had ended", taken),
                Figure.atMost(0, "slots not free afterwards", notFreed));
    }

    private static boolean refused(RpcException failure) {
        return failure != null
                && failure.outcome() == Outcome.DID_NOT_RUN
                && (failure.status() == RpcStatus.RESOURCE_EXHAUSTED
                        || failure.status() == RpcStatus.DEADLINE_EXCEEDED);
    }

    private static List<Figure> answering(Stage stage) throws Exception {
        byte[] large = new byte[REPLY_BYTES];
        LocalProvider provider = LocalProvider.serve(
                stage,
                request -> request.getDelayMs() == 0
                        ? LocalProvider.answered(request)
                        : CompletableFuture.completedFuture(ActResponse.newBuilder()
                                .setPayload(ByteString.copyFrom(large))
                                .build()));
        FaultProxy proxy = stage.closing(FaultProxy.start(provider.port(), 4));
        ObservedClient client = ObservedClient.open(stage, FixedEndpoints.of(Endpoint.of("127.0.0.1", proxy.port())));
        ActServiceAsync acts = client.acts().with(options -> options.timeout(LONG));
        int failed = Failure.of(acts.act(request(-1))) == null ? 0 : 1;
        for (int i = 0; i < ANSWERING; i++) {
            // A twentieth of the reply passes before the caller gives up, as many more pieces wait at the server.
            proxy.faults(LinkFaults.NONE, LinkFaults.rate(3 << 20));
            CompletableFuture<ActResponse> call =
                    acts.act(request(i).toBuilder().setDelayMs(1).build());
            TimeUnit.MILLISECONDS.sleep(50 + 10 * i);
            failed += call.cancel(true) ? 0 : 1;
            proxy.faults(LinkFaults.NONE, LinkFaults.NONE);
            failed += Failure.of(acts.act(request(-1))) == null ? 0 : 1;
        }
        return List.of(
                Figure.atMost(0, "calls over before they were cancelled, or failed beside them", failed),
                Figure.atMost(
                        1,
                        "connections used while replies were given up",
                        client.connections().size()),
                Figure.atMost(0, "connections with calls in their table or a timer", client.connectionsNotAtRest()),
                Figure.atMost(0, "providers with calls in their tables", provider.notIdle()));
    }

    private static ActRequest request(long id) {
        return ActRequest.newBuilder().setId(id).build();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
