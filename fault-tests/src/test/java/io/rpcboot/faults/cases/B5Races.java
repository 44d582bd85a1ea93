package io.rpcboot.faults.cases;

import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.faults.proto.ActRequest;
import io.rpcboot.faults.proto.ActResponse;
import io.rpcboot.faults.proto.ActServiceAsync;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/** B5. */
final class B5Races implements FaultCase {

    private static final int RACES = 100_000;
    private static final int AT_ONCE = 100;
    private static final long LEAST_OF_EACH = 1_000;
    private static final Duration LONG = Duration.ofSeconds(60);

    /** The deadline is looked for every 10 ms, so it takes effect anywhere in a time as long. */
    private static final int DEADLINE_MILLIS = 12;

    private static final int NOTICED_MICROS = 10_000;
    private static final int WINDOW_NANOS = 1_000_000;

    /** What an answer needs for its way, more or less. */
    private static final long WAY_NANOS = TimeUnit.MICROSECONDS.toNanos(400);

    /** When each answer is to be there; provider and caller share a clock. */
    private final AtomicLongArray moments = new AtomicLongArray(RACES);

    private final Random random = new Random(17);
    private final AtomicIntegerArray ends = new AtomicIntegerArray(RACES);
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final AtomicInteger expired = new AtomicInteger();
    private final AtomicInteger otherwise = new AtomicInteger();
    private final Semaphore free = new Semaphore(AT_ONCE);

    @Override
    public String id() {
        return "B5";
    }

    @Override
    public String description() {
        return RACES + " calls that are answered, cancelled and out of time within 1 ms";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        ScheduledExecutorService answers = Executors.newSingleThreadScheduledExecutor();
        ScheduledExecutorService cancels = Executors.newSingleThreadScheduledExecutor();
        stage.closing(answers::shutdownNow);
        stage.closing(cancels::shutdownNow);
        LocalProvider provider = LocalProvider.serve(stage, request -> {
            CompletableFuture<ActResponse> reply = new CompletableFuture<>();
            long wait = moments.get((int) request.getId()) - WAY_NANOS - System.nanoTime();
            answers.schedule(() -> reply.complete(LocalProvider.answer(request)), wait, TimeUnit.NANOSECONDS);
            return reply;
        });
        ObservedClient client = ObservedClient.open(stage, provider.fixed());
        for (int id = 0; id < RACES; id++) {
            free.acquire();
            race(client.acts(), id, cancels);
        }
        free.tryAcquire(AT_ONCE, LONG.toSeconds(), TimeUnit.SECONDS);
        int wrong = 0;
        for (int id = 0; id < RACES; id++) {
            wrong += ends.get(id) == 1 ? 0 : 1;
        }
        return List.of(
                Figure.atMost(0, "calls that did not end exactly once", wrong),
                Figure.atMost(0, "calls that ended otherwise than by one of the three", otherwise.get()),
                Figure.atMost(0, "calls still counted by the connection", client.callsLeft()),
                Figure.atMost(0, "connections with calls in their table or a timer", client.connectionsNotAtRest()),
                Figure.atMost(0, "providers with calls in their tables", provider.notIdle()),
                Figure.atLeast(LEAST_OF_EACH, "races won by the answer", answered.get()),
                Figure.atLeast(LEAST_OF_EACH, "races won by the cancellation", cancelled.get()),
                Figure.atLeast(LEAST_OF_EACH, "races won by the deadline", expired.get()));
    }

    private void race(ActServiceAsync acts, int id, ScheduledExecutorService cancels) {
        // All three aim at one moment: that at which the deadline may be noticed.
        long moment = System.nanoTime()
                + TimeUnit.MICROSECONDS.toNanos(DEADLINE_MILLIS * 1_000 + random.nextInt(NOTICED_MICROS));
        moments.set(id, moment + random.nextInt(WINDOW_NANOS));
        ActRequest request = ActRequest.newBuilder().setId(id).build();
        CompletableFuture<ActResponse> call = acts.with(options -> options.timeout(Duration.ofMillis(DEADLINE_MILLIS)))
                .act(request);
        call.whenComplete((response, failure) -> {
            ends.incrementAndGet(id);
            count(id, response, failure);
            free.release();
        });
        long wait = moment + random.nextInt(WINDOW_NANOS) - System.nanoTime();
        cancels.schedule(() -> call.cancel(true), wait, TimeUnit.NANOSECONDS);
    }

    private void count(int id, ActResponse response, Throwable failure) {
        if (response != null && response.getId() == id) {
            answered.incrementAndGet();
        } else if (failure instanceof CancellationException) {
            cancelled.incrementAndGet();
        } else if (failure instanceof RpcException rpc && rpc.status() == RpcStatus.DEADLINE_EXCEEDED) {
            expired.incrementAndGet();
        } else {
            System.out.println("B5, call " + id + ": " + response + ", " + failure);
            otherwise.incrementAndGet();
        }
    }
}
