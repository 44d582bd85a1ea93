package io.rpcboot.faults.cases;

import io.rpcboot.client.RpcClient;
import io.rpcboot.faults.check.Checker;
import io.rpcboot.faults.check.History;
import io.rpcboot.faults.check.Violation;
import io.rpcboot.faults.load.CallRecord;
import io.rpcboot.faults.load.LoadShape;
import io.rpcboot.faults.load.OpenLoopLoad;
import io.rpcboot.faults.peer.Journal;
import io.rpcboot.faults.peer.JournalEntry;
import io.rpcboot.faults.proto.ActServiceAsync;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A load that was seen to run without a failure before the fault, and its history afterwards. Used by one thread. */
final class Trial {

    /** At most; as long as the time without faults if that is shorter. */
    private static final Duration PRIMING = Duration.ofSeconds(5);

    private static final Duration LATENESS = Duration.ofMillis(100);

    private final Path directory;
    private final OpenLoopLoad load;
    private final long faultNanos;
    private boolean healthyMajority = true;

    private Trial(Path directory, OpenLoopLoad load) {
        this.directory = directory;
        this.load = load;
        this.faultNanos = System.nanoTime();
    }

    /** Warms the JVMs up, then runs the load for ten seconds and goes on with it. */
    static Trial begin(Stage stage, RpcClient client, LoadShape shape) throws Exception {
        return begin(stage, client, shape, Duration.ofSeconds(10));
    }

    /**
     * As above, with another time.
     *
     * @throws VoidRunException if a call failed in that time; those made before, while classes were loaded, do not count
     */
    static Trial begin(Stage stage, RpcClient client, LoadShape shape, Duration faultFree) throws Exception {
        ActServiceAsync acts = client.client(ActServiceAsync.class);
        try (OpenLoopLoad priming = OpenLoopLoad.start(acts, shape)) {
            priming.runFor(faultFree.compareTo(PRIMING) < 0 ? faultFree : PRIMING);
        }
        OpenLoopLoad load = stage.closing(OpenLoopLoad.start(acts, shape));
        load.runFor(faultFree);
        List<CallRecord> failed =
                load.soFar().stream().filter(CallRecord::failed).toList();
        if (!failed.isEmpty()) {
            throw new VoidRunException(failed.size() + " calls failed without a fault, the first: "
                    + failed.get(0).text());
        }
        return new Trial(stage.directory(), load);
    }

    OpenLoopLoad load() {
        return load;
    }

    /** When the time without faults was over. */
    long faultNanos() {
        return faultNanos;
    }

    /** The calls of the time without faults. */
    Calls before(Ended ended) {
        return ended.all().planned(Long.MIN_VALUE / 2, faultNanos).where(call -> call.endNanos() - faultNanos < 0);
    }

    void runFor(Duration time) throws InterruptedException {
        load.runFor(time);
    }

    /** Says that fewer than two peers were well at some time, so that even safe calls may fail. */
    Trial withoutHealthyMajority() {
        healthyMajority = false;
        return this;
    }

    /** Ends the load; what became of the calls, and what ran. */
    Ended end(long lastFaultEndNanos) throws Exception {
        List<CallRecord> calls = load.finish();
        List<JournalEntry> journal = Journal.readAll(directory);
        History history = new History(calls, journal, lastFaultEndNanos, healthyMajority);
        List<Violation> violations = new Checker(LATENESS).check(history);
        Files.write(
                directory.resolve("failures.txt"),
                calls.stream()
                        .filter(CallRecord::failed)
                        .map(call -> (call.plannedNanos() - faultNanos) / 1_000_000 + " ms " + call)
                        .toList());
        Files.write(
                directory.resolve("violations.txt"),
                violations.stream().map(Violation::toString).toList());
        return new Ended(
                new Calls(calls.stream()
                        .filter(call -> !call.ended() || call.endNanos() - faultNanos >= 0)
                        .toList()),
                new Calls(calls),
                journal,
                violations);
    }

    /**
     * What is left of a trial. Immutable.
     *
     * @param calls those that were under way at the fault or came after it
     * @param all those before it as well
     * @param journal all executions
     * @param violations of the invariants
     */
    record Ended(Calls calls, Calls all, List<JournalEntry> journal, List<Violation> violations) {

        /** How often an invariant was broken. */
        long broken(String... invariants) {
            List<String> wanted = List.of(invariants);
            return violations.stream()
                    .filter(one -> wanted.isEmpty() || wanted.contains(one.invariant()))
                    .count();
        }

        /** How many of these calls were begun by a handler; at most 1. */
        double shareThatRan(Calls some) {
            Set<Long> ran = journal.stream().map(JournalEntry::id).collect(Collectors.toSet());
            return (double) some.where(call -> ran.contains(call.id())).count() / some.count();
        }

        /** How many of the executions in this span of the monotonic clock were a peer's; at most 1. */
        double shareOf(String peer, long fromNanos, long toNanos) {
            List<JournalEntry> runs = runs(fromNanos, toNanos);
            return (double) runs.stream().filter(run -> run.peer().equals(peer)).count() / runs.size();
        }

        /** The executions of these calls. */
        List<JournalEntry> runsOf(Calls some) {
            Set<Long> made = some.list().stream().map(CallRecord::id).collect(Collectors.toSet());
            return journal.stream().filter(run -> made.contains(run.id())).toList();
        }

        /** The executions in this span of the monotonic clock. */
        List<JournalEntry> runs(long fromNanos, long toNanos) {
            return journal.stream()
                    .filter(run -> run.startNanos() - fromNanos >= 0 && run.startNanos() - toNanos < 0)
                    .toList();
        }

        Figure noneBroken() {
            return Figure.atMost(0, "violations of I1 to I9", broken());
        }
    }
}
