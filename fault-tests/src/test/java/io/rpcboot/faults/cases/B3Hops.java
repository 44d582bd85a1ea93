package io.rpcboot.faults.cases;

import static org.awaitility.Awaitility.await;

import io.rpcboot.Endpoint;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.faults.peer.HopProvider;
import io.rpcboot.faults.peer.Journal;
import io.rpcboot.faults.peer.PeerProcess;
import io.rpcboot.faults.peer.Ports;
import io.rpcboot.faults.peer.WallClock;
import io.rpcboot.faults.proto.HopRequest;
import io.rpcboot.faults.proto.HopResponse;
import io.rpcboot.faults.proto.HopServiceAsync;
import io.rpcboot.faults.proto.Visit;
import io.rpcboot.naming.FixedEndpoints;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;

/** B3. */
final class B3Hops implements FaultCase {

    private static final int HOPS = 3;
    private static final int WARMING = 50;
    private static final int CALLS = 100;
    private static final int WORK_MILLIS = 50;
    private static final int CANCELLED = 5;
    private static final int LONG_WORK_MILLIS = 1_000;
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SETTLING = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofMillis(300);
    private static final Duration SHIFT = Duration.ofHours(1);
    private static final double NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    @Override
    public String id() {
        return "B3";
    }

    @Override
    public String description() {
        return "Calls of " + TIMEOUT.toMillis() + " ms through " + HOPS + " providers that work " + WORK_MILLIS
                + " ms each and whose wall clocks are off by +1 h, -1 h and +1 h; " + CANCELLED
                + " calls are cancelled by the caller while the last one works";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        List<Integer> ports = Ports.free(HOPS);
        List<PeerProcess> peers = new ArrayList<>();
        for (int i = 0; i < HOPS; i++) {
            peers.add(start(stage, "hop" + i, ports.get(i), i % 2 == 0 ? SHIFT : SHIFT.negated()));
        }
        for (PeerProcess peer : peers) {
            peer.awaitListening();
        }
        HopServiceAsync hops = stage.client(FixedEndpoints.of(Endpoint.of("127.0.0.1", ports.get(0))))
                .client(HopServiceAsync.class)
                .with(options -> options.timeout(TIMEOUT));
        HopRequest request = HopRequest.newBuilder()
                .setWorkMs(WORK_MILLIS)
                .addAllNextPorts(ports.subList(1, HOPS))
                .build();
        for (int i = 0; i < WARMING; i++) {
            // While classes are loaded, a call may be too slow.
            Failure.of(hops.hop(request));
        }
        Seen seen = new Seen();
        for (int i = 0; i < CALLS; i++) {
            seen.call(hops, request);
        }
        int late = tooLong(hops, request);
        int untold = cancelled(stage, hops, request);
        return List.of(
                Figure.atMost(10, "ms between the time left at a hop and what was not spent; the worst", seen.worst),
                Figure.atMost(0, "calls failed", seen.failed),
                Figure.atLeast((double) CALLS * HOPS, "visits with a wall clock an hour off", seen.shifted),
                Figure.atMost(0, "calls of longer work that ended otherwise than at their deadline", late),
                Figure.atMost(0, "calls cancelled by the caller of which the last hop was not told", untold));
    }

    private static PeerProcess start(Stage stage, String name, int port, Duration shift) throws Exception {
        WallClock clock = WallClock.of(stage.directory(), name);
        clock.shift(shift);
        return stage.closing(PeerProcess.start(
                clock.host(),
                stage.directory(),
                name,
                port,
                HopProvider.class,
                List.of(name, Integer.toString(port), stage.directory().toString())));
    }

    /** Each hop works for less than the call may take, all three for more. */
    private static int tooLong(HopServiceAsync hops, HopRequest request) throws Exception {
        int otherwise = 0;
        for (int i = 0; i < CALLS / 10; i++) {
            long start = System.nanoTime();
            RpcException failure =
                    Failure.of(hops.hop(request.toBuilder().setWorkMs(140).build()));
            double millis = (System.nanoTime() - start) / NANOS_PER_MILLI;
            boolean inTime = millis >= TIMEOUT.toMillis() && millis <= TIMEOUT.toMillis() + 100;
            otherwise += inTime && failure != null && failure.status() == RpcStatus.DEADLINE_EXCEEDED ? 0 : 1;
        }
        return otherwise;
    }

    private static int cancelled(Stage stage, HopServiceAsync hops, HopRequest request) throws Exception {
        HopServiceAsync patient = hops.with(options -> options.timeout(LONG));
        String last = "hop" + (HOPS - 1);
        int untold = 0;
        for (int id = 1; id <= CANCELLED; id++) {
            CompletableFuture<HopResponse> call = patient.hop(
                    request.toBuilder().setWorkMs(LONG_WORK_MILLIS).setId(id).build());
            if (!appears(stage, last, id)) {
                throw new IllegalStateException("call " + id + " has not come as far as " + last);
            }
            call.cancel(true);
            untold += appears(stage, last + HopProvider.GIVEN_UP, id) ? 0 : 1;
        }
        return untold;
    }

    private static boolean appears(Stage stage, String journal, long id) {
        try {
            await().pollInterval(Duration.ofMillis(10))
                    .atMost(SETTLING)
                    .until(() -> Journal.readAll(stage.directory()).stream()
                            .anyMatch(entry -> entry.peer().equals(journal) && entry.id() == id));
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    /** What came of the calls. */
    private static final class Seen {

        double worst;
        int failed;
        int shifted;

        void call(HopServiceAsync hops, HopRequest request) throws Exception {
            long deadline = System.nanoTime() + TIMEOUT.toNanos();
            CompletableFuture<HopResponse> reply = hops.hop(request);
            RpcException failure = Failure.of(reply);
            if (failure != null) {
                System.out.println("B3: " + failure.getMessage());
                failed++;
                return;
            }
            for (Visit visit : reply.join().getVisitsList()) {
                long left = deadline - visit.getStartNanos();
                worst = Math.max(worst, Math.abs(visit.getLeftNanos() - left) / NANOS_PER_MILLI);
                long off = Math.abs(visit.getWallMillis() - System.currentTimeMillis());
                shifted += off > SHIFT.toMillis() - 10_000 && off < SHIFT.toMillis() + 10_000 ? 1 : 0;
            }
        }
    }
}
