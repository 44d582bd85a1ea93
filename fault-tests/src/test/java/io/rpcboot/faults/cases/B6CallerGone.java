package io.rpcboot.faults.cases;

import static org.awaitility.Awaitility.await;

import io.rpcboot.CallContext;
import io.rpcboot.faults.peer.ManyCalls;
import io.rpcboot.faults.peer.PeerProcess;
import io.rpcboot.faults.proto.ActRequest;
import io.rpcboot.faults.proto.ActResponse;
import io.rpcboot.faults.proto.ActServiceAsync;
import io.rpcboot.transport.TransportOptions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionTimeoutException;

/** B6. */
final class B6CallerGone implements FaultCase {

    private static final int CALLS = 500;
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private final AtomicInteger started = new AtomicInteger();
    private final Queue<Long> cancelledAt = new ConcurrentLinkedQueue<>();

    @Override
    public String id() {
        return "B6";
    }

    @Override
    public String description() {
        return "kill -9 of a caller with " + CALLS + " calls running";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        LocalProvider provider = LocalProvider.serve(
                stage, this::untilCancelled, server -> server, TransportOptions.DEFAULT.withMaxCalls(2 * CALLS));
        PeerProcess caller = stage.closing(PeerProcess.start(
                stage.directory(),
                "caller",
                provider.port(),
                ManyCalls.class,
                List.of(Integer.toString(provider.port()), Integer.toString(CALLS))));
        await().atMost(START_LIMIT).until(() -> started.get() == CALLS);
        int before = cancelledAt.size();

        long killed = System.nanoTime();
        caller.kill();
        settle(() -> cancelledAt.size() == CALLS);
        double last = cancelledAt.stream()
                .mapToDouble(at -> (at - killed) / (double) TimeUnit.MILLISECONDS.toNanos(1))
                .max()
                .orElse(SETTLING.toMillis());
        ActServiceAsync others = stage.client(provider.fixed()).client(ActServiceAsync.class);
        boolean serves =
                Failure.of(others.read(ActRequest.newBuilder().setDelayMs(1).build())) == null;
        return List.of(
                Figure.atMost(0, "calls cancelled while the caller lived", before),
                Figure.atLeast(CALLS, "calls cancelled at the provider", cancelledAt.size()),
                Figure.atMost(1_000, "ms from the kill to the last cancellation", last),
                Figure.atMost(0, "providers with calls in their tables afterwards", provider.notIdle()),
                Figure.atLeast(1, "calls of others served afterwards", serves ? 1 : 0));
    }

    private CompletableFuture<ActResponse> untilCancelled(ActRequest request) {
        if (request.getDelayMs() > 0) {
            return LocalProvider.answered(request);
        }
        CompletableFuture<ActResponse> reply = new CompletableFuture<>();
        Objects.requireNonNull(CallContext.current()).cancellation().onCancel(() -> {
            cancelledAt.add(System.nanoTime());
            reply.complete(LocalProvider.answer(request));
        });
        started.incrementAndGet();
        return reply;
    }

    private static void settle(Callable<Boolean> condition) {
        try {
            await().pollInterval(Duration.ofMillis(10)).atMost(SETTLING).until(condition);
        } catch (ConditionTimeoutException e) {
            // The figures tell what is missing.
            return;
        }
    }
}
