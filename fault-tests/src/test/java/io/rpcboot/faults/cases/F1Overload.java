package io.rpcboot.faults.cases;

import io.rpcboot.Endpoint;
import io.rpcboot.RpcStatus;
import io.rpcboot.client.RpcClient;
import io.rpcboot.faults.load.CallRecord;
import io.rpcboot.faults.load.LoadShape;
import io.rpcboot.faults.peer.PeerProcess;
import io.rpcboot.faults.peer.Ports;
import io.rpcboot.naming.FixedEndpoints;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** F1 and F2: three times as much as a server can do, then half of what it can do. */
final class F1Overload implements FaultCase {

    private static final Duration DEADLINE = Duration.ofSeconds(1);
    private static final int SECONDS = 30;

    private final String id;

    private F1Overload(String id) {
        this.id = id;
    }

    static F1Overload whileItLasts() {
        return new F1Overload("F1");
    }

    static F1Overload andAfterwards() {
        return new F1Overload("F2");
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String description() {
        return id.equals("F1")
                ? "One server that can do 800 plain calls/s gets 2,400/s for " + SECONDS + " s"
                : "F1, then 400 calls/s for 60 s";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        PeerProcess peer = stage.plain("peer0", Ports.free(1).get(0), "8").awaitListening();
        RpcClient client = stage.client(FixedEndpoints.of(Endpoint.of("127.0.0.1", peer.port())));
        Trial trial = Trial.begin(
                stage, client, LoadShape.plain(400).withWorkMillis(10).withTimeout(DEADLINE));
        trial.load().rate(2_400);
        trial.runFor(Duration.ofSeconds(SECONDS));
        long over = System.nanoTime();
        trial.load().rate(400);
        trial.runFor(Duration.ofSeconds(id.equals("F1") ? 2 : 60));
        Trial.Ended ended = trial.withoutHealthyMajority().end(over);
        return id.equals("F1") ? during(trial, ended, over) : afterwards(ended, over);
    }

    private static List<Figure> during(Trial trial, Trial.Ended ended, long over) {
        Calls judged =
                ended.calls().planned(trial.faultNanos() + Duration.ofSeconds(1).toNanos(), over);
        Calls refused = judged.failed().where(call -> call.status() == RpcStatus.RESOURCE_EXHAUSTED);
        Set<Long> succeeded = new HashSet<>();
        judged.succeeded().list().forEach(call -> succeeded.add(call.id()));
        Set<Long> made = new HashSet<>();
        judged.list().stream().map(CallRecord::id).forEach(made::add);
        long ran =
                ended.journal().stream().filter(run -> made.contains(run.id())).count();
        long wasted = ended.journal().stream()
                .filter(run -> made.contains(run.id()) && !succeeded.contains(run.id()))
                .count();
        return List.of(
                Figure.atLeast(
                        720,
                        "successes per second from second 2 on",
                        judged.succeeded().count() / (SECONDS - 1.0)),
                Figure.atLeast(720, "successes in the worst second", worstSecond(trial, ended)),
                Figure.atMost(
                        DEADLINE.toMillis() / 2.0,
                        "ms p99 of successes",
                        judged.succeeded().latencyMillis(0.99)),
                Figure.atLeast(1, "calls refused", refused.count()),
                Figure.atMost(20, "ms p99 until a refusal was told", refused.latencyMillis(0.99)),
                Figure.atMost(1, "percent of the executions wasted", ran == 0 ? 0 : 100.0 * wasted / ran),
                Figure.atMost(0, "violations of I1 to I7", ended.broken("I1", "I2", "I3", "I4", "I5", "I6", "I7")));
    }

    /** By the time of the answer, whenever the call was planned: the first second counts calls of the one before it. */
    private static long worstSecond(Trial trial, Trial.Ended ended) {
        List<CallRecord> succeeded = ended.calls().succeeded().list();
        long worst = Long.MAX_VALUE;
        for (int second = 1; second < SECONDS - 1; second++) {
            long from = trial.faultNanos() + Duration.ofSeconds(second).toNanos();
            long to = from + Duration.ofSeconds(1).toNanos();
            worst = Math.min(
                    worst,
                    succeeded.stream()
                            .filter(call -> call.endNanos() - from >= 0 && call.endNanos() - to < 0)
                            .count());
        }
        return worst;
    }

    private static List<Figure> afterwards(Trial.Ended ended, long over) {
        Calls judged = ended.calls().planned(over + Duration.ofSeconds(1).toNanos(), Long.MAX_VALUE);
        return List.of(
                Figure.atMost(
                        0,
                        "calls failed from 1 s after the overload on",
                        judged.failed().count()),
                Figure.atLeast(23_000, "calls made in that time", judged.count()));
    }
}
