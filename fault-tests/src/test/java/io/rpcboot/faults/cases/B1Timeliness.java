package io.rpcboot.faults.cases;

import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.faults.proto.ActRequest;
import io.rpcboot.faults.proto.ActResponse;
import io.rpcboot.faults.proto.ActServiceAsync;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** B1. */
final class B1Timeliness implements FaultCase {

    private static final int CALLS = 10_000;
    private static final int WARMING = 2_000;
    private static final int RATE = 500;
    private static final int SHORTEST = 5;
    private static final int LONGEST = 500;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Random random = new Random(5);

    @Override
    public String id() {
        return "B1";
    }

    @Override
    public String description() {
        return CALLS + " calls with deadlines of " + SHORTEST + " to " + LONGEST + " ms to a server that sleeps, "
                + RATE + " calls/s";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        LocalProvider sleeping = LocalProvider.serve(
                stage,
                request -> new CompletableFuture<ActResponse>()
                        .completeOnTimeout(LocalProvider.answer(request), 2L * LONGEST, TimeUnit.MILLISECONDS));
        ObservedClient client = ObservedClient.open(stage, sleeping.fixed());
        new Round(WARMING).run(client.acts());
        Round round = new Round(CALLS);
        round.run(client.acts());
        double[] late = Arrays.stream(round.lateNanos)
                .mapToDouble(nanos -> nanos / NANOS_PER_MILLI)
                .sorted()
                .toArray();
        return List.of(
                Figure.atMost(
                        0,
                        "calls that ended early",
                        Arrays.stream(late).filter(ms -> ms < 0).count()),
                Figure.atMost(50, "ms after the deadline; p99.9", late[(int) (0.999 * CALLS)]),
                Figure.atMost(100, "ms after the deadline; the latest", late[CALLS - 1]),
                Figure.atMost(0, "calls that ended otherwise than with DEADLINE_EXCEEDED", round.otherwise.get()),
                Figure.atMost(0, "calls still counted by the connection", client.callsLeft()),
                Figure.atMost(0, "connections with calls in their table or a timer", client.connectionsNotAtRest()));
    }

    /** A number of calls on a fixed schedule, and how long after their deadlines they ended. */
    private final class Round {

        final long[] lateNanos;
        final AtomicInteger otherwise = new AtomicInteger();
        private final CountDownLatch open;

        Round(int calls) {
            lateNanos = new long[calls];
            open = new CountDownLatch(calls);
        }

        void run(ActServiceAsync acts) throws InterruptedException {
            long start = System.nanoTime();
            for (int i = 0; i < lateNanos.length; i++) {
                long planned = start + i * TimeUnit.SECONDS.toNanos(1) / RATE;
                while (planned - System.nanoTime() > 0) {
                    LockSupport.parkNanos(planned - System.nanoTime());
                }
                call(acts, i);
            }
            if (!open.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException(open.getCount() + " calls never ended");
            }
        }

        private void call(ActServiceAsync acts, int index) {
            Duration timeout = Duration.ofMillis(SHORTEST + random.nextInt(LONGEST - SHORTEST + 1));
            ActServiceAsync timed = acts.with(options -> options.timeout(timeout));
            long deadline = System.nanoTime() + timeout.toNanos();
            timed.act(ActRequest.newBuilder().setId(index).build()).whenComplete((response, failure) -> {
                lateNanos[index] = System.nanoTime() - deadline;
                if (!(failure instanceof RpcException rpc) || rpc.status() != RpcStatus.DEADLINE_EXCEEDED) {
                    otherwise.incrementAndGet();
                }
                open.countDown();
            });
        }
    }
}
