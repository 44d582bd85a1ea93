package io.rpcboot.faults.cases;

import com.google.protobuf.ByteString;
import io.rpcboot.CallContext;
import io.rpcboot.Outcome;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.faults.proto.ActRequest;
import io.rpcboot.faults.proto.ActResponse;
import io.rpcboot.faults.proto.ActServiceAsync;
import io.rpcboot.naming.FixedEndpoints;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A1. */
final class A1MixedCalls implements FaultCase {

    private static final int CALLS = 200_000;
    private static final int WARMING = 20_000;
    private static final int AT_ONCE = 500;
    private static final int LONGEST_DELAY_MICROS = 20_000;
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Random random = new Random(11);

    @Override
    public String id() {
        return "A1";
    }

    @Override
    public String description() {
        return CALLS + " calls to two providers, at random successes, errors, slow ones, cancelled ones and time-outs";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
        stage.closing(later::shutdownNow);
        LocalProvider first = LocalProvider.serve(stage, request -> act(request, later));
        LocalProvider second = LocalProvider.serve(stage, request -> act(request, later));
        ObservedClient client = ObservedClient.open(stage, FixedEndpoints.of(first.endpoint(), second.endpoint()));
        new Round(client.acts(), WARMING, later).run();
        Round round = new Round(client.acts(), CALLS, later);
        round.run();
        return List.of(
                Figure.atMost(0, "calls that did not end exactly once", round.notOnce()),
                Figure.atMost(0, "calls that ended otherwise than they had to", round.otherwise.get()),
                Figure.atMost(0, "calls still counted by the connections", client.callsLeft()),
                Figure.atMost(0, "connections with calls in their table or a timer", client.connectionsNotAtRest()),
                Figure.atMost(0, "providers with calls in their tables", first.notIdle() + second.notIdle()));
    }

    private ActRequest request(int id, Fate fate) {
        return ActRequest.newBuilder()
                .setId(id)
                .setDelayMs(random.nextInt(LONGEST_DELAY_MICROS))
                .setPayload(ByteString.copyFromUtf8(fate.name()))
                .build();
    }

    /** Here the delay counts in microseconds. */
    private static CompletableFuture<ActResponse> act(ActRequest request, ScheduledExecutorService later) {
        return switch (Fate.valueOf(request.getPayload().toStringUtf8())) {
            case SUCCESS -> LocalProvider.answered(request);
            case ERROR -> CompletableFuture.failedFuture(new RpcException(RpcStatus.ABORTED, "as it was asked"));
            case SLOW, CANCELLED -> {
                CompletableFuture<ActResponse> reply = new CompletableFuture<>();
                later.schedule(
                        () -> reply.complete(LocalProvider.answer(request)),
                        request.getDelayMs(),
                        TimeUnit.MICROSECONDS);
                yield reply;
            }
            case TIME_OUT -> untilGivenUp();
        };
    }

    private static CompletableFuture<ActResponse> untilGivenUp() {
        CompletableFuture<ActResponse> reply = new CompletableFuture<>();
        Objects.requireNonNull(CallContext.current(), "a handler has a context")
                .cancellation()
                .onCancel(() -> reply.completeExceptionally(new RpcException(RpcStatus.CANCELLED, "given up")));
        return reply;
    }

    /** Calls at random, and how often each of them ended. */
    private final class Round {

        final AtomicInteger otherwise = new AtomicInteger();
        private final ActServiceAsync acts;
        private final AtomicIntegerArray ends;
        private final ScheduledExecutorService later;
        private final Semaphore free = new Semaphore(AT_ONCE);

        Round(ActServiceAsync acts, int calls, ScheduledExecutorService later) {
            this.acts = acts;
            this.ends = new AtomicIntegerArray(calls);
            this.later = later;
        }

        void run() throws InterruptedException {
            for (int id = 0; id < ends.length(); id++) {
                free.acquire();
                call(id, Fate.values()[random.nextInt(Fate.values().length)]);
            }
            // Calls that never end are counted below.
            free.tryAcquire(AT_ONCE, LONG.toSeconds(), TimeUnit.SECONDS);
        }

        private void call(int id, Fate fate) {
            Duration timeout = fate == Fate.TIME_OUT ? Duration.ofMillis(1 + random.nextInt(50)) : LONG;
            CompletableFuture<ActResponse> reply =
                    acts.with(options -> options.timeout(timeout)).act(request(id, fate));
            reply.whenComplete((response, failure) -> {
                ends.incrementAndGet(id);
                if (!fate.allows(id, response, failure)) {
                    System.out.println("A1, " + fate + ", call " + id + ": " + response + ", " + failure);
                    otherwise.incrementAndGet();
                }
                free.release();
            });
            if (fate == Fate.CANCELLED) {
                later.schedule(() -> reply.cancel(true), random.nextInt(LONGEST_DELAY_MICROS), TimeUnit.MICROSECONDS);
            }
        }

        long notOnce() {
            return IntStream.range(0, ends.length())
                    .filter(id -> ends.get(id) != 1)
                    .count();
        }
    }

    /** How a call is to end. */
    private enum Fate {
        SUCCESS,
        ERROR,
        SLOW,
        /** By the caller, or answered before. */
        CANCELLED,
        /** The handler ends when it is told to. */
        TIME_OUT;

        boolean allows(int id, @Nullable ActResponse response, @Nullable Throwable failure) {
            if (response != null) {
                return this != ERROR && this != TIME_OUT && response.getId() == id;
            }
            if (failure instanceof RpcException rpc) {
                return allows(rpc.status(), rpc.outcome());
            }
            return this == CANCELLED;
        }

        private boolean allows(RpcStatus status, Outcome outcome) {
            return switch (this) {
                case ERROR -> status == RpcStatus.ABORTED && outcome == Outcome.RAN;
                // Also by the provider, which sees the deadline pass too and may be faster.
                case TIME_OUT -> status == RpcStatus.DEADLINE_EXCEEDED;
                default -> false;
            };
        }
    }
}
