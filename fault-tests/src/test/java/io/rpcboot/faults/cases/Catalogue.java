package io.rpcboot.faults.cases;

import io.rpcboot.faults.net.UnsupportedMachineException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** All cases, and how they are run: chosen by id, again when a run was void, with a report. Used by one thread. */
public final class Catalogue {

    private static final int RUNS = 3;
    private static final Duration FAULT_FREE = Duration.ofSeconds(10);

    private Catalogue() {}

    /** In the order in which they are run. */
    public static List<FaultCase> all() {
        return List.of(
                new D3RollingRestart(Integer.getInteger("faults.rounds", 5), 500, FAULT_FREE),
                new D1Crash(10, 1_000, FAULT_FREE),
                new D2Freeze(),
                new E1RegistryOutage(),
                new E2StopWithoutRegistry(),
                new E4StartWithoutRegistry(),
                new E6CrashAndComeBack(),
                new C6BrokenBytes(),
                new D4LongCalls(),
                new C1Resets(),
                F1Overload.whileItLasts(),
                F1Overload.andAfterwards(),
                new F4RandomArrivals(),
                new C7ClosedAtOnce(),
                new E3NewAddress(),
                new E5SessionExpiry(),
                new E7RegistryRestarts(
                        Integer.getInteger("faults.starts", 5), Integer.getInteger("faults.restarts", 5)),
                new E8Tampering(),
                new E9AllNodesGone(),
                new E10HostileNodes(),
                new E11Crowd(),
                new E12PartOfTheRegistry(),
                new D5ErringServer(),
                new D6AllErring(),
                new D7FailingHandlers(),
                new D8StuckService(),
                new C4SlowServer(),
                new F3RetriesOfFailures(),
                new D9Pauses(Integer.getInteger("faults.pauses", 6)),
                new C8Reconnects(),
                new F6Flood(),
                C2PacketLoss.bothWays(),
                C2PacketLoss.oneWay(),
                new A1MixedCalls(),
                new A2Statuses(),
                new A3FailurePoints(200),
                new A4AtMostOnce(Duration.ofSeconds(Integer.getInteger("faults.chaos.seconds", 45))),
                new A6UnknownNames(),
                new A8OldFramesAndLargeIds(),
                new B1Timeliness(),
                new B2Expired(),
                new B3Hops(),
                new B4Cancelling(),
                new B5Races(),
                new B6CallerGone(),
                new B7WallClocks());
    }

    /**
     * The cases chosen by a list of ids in which {@code *} stands for anything; all for an empty one.
     *
     * @throws IllegalArgumentException if an entry chooses no case
     */
    public static List<FaultCase> chosen(String ids) {
        if (ids.isBlank()) {
            return all();
        }
        List<FaultCase> chosen = new ArrayList<>();
        for (String id : ids.split(",")) {
            Pattern pattern =
                    Pattern.compile(Pattern.quote(id.strip()).replace("*", "\\E.*\\Q"), Pattern.CASE_INSENSITIVE);
            List<FaultCase> matching = all().stream()
                    .filter(one -> pattern.matcher(one.id()).matches())
                    .toList();
            if (matching.isEmpty()) {
                throw new IllegalArgumentException("faults: '" + id + "' (expected: ids such as D3 or E*, of "
                        + all().stream().map(FaultCase::id).toList() + ")");
            }
            matching.stream()
                    .filter(one -> chosen.stream().noneMatch(known -> known.id().equals(one.id())))
                    .forEach(chosen::add);
        }
        return chosen;
    }

    /**
     * Runs a case and adds it to the report in the directory; its figures.
     *
     * @throws UnsupportedMachineException if the machine cannot make the fault; the report says that the case was skipped
     */
    public static List<Figure> run(FaultCase one, Path directory) throws Exception {
        Report report = new Report(directory);
        try {
            List<Figure> figures = figures(one, directory.resolve("faults"));
            report.add(one, figures);
            return figures;
        } catch (UnsupportedMachineException e) {
            report.skipped(one, e.getMessage());
            throw e;
        }
    }

    private static List<Figure> figures(FaultCase one, Path directory) throws Exception {
        for (int run = 1; run <= RUNS; run++) {
            try (Stage stage = Stage.below(directory, one.id())) {
                return one.run(stage);
            } catch (UnsupportedMachineException e) {
                throw e;
            } catch (VoidRunException e) {
                System.out.println(one.id() + ": run " + run + " is void: " + e.getMessage());
            } catch (Exception | AssertionError e) {
                System.out.println(one.id() + ": could not be run to its end");
                e.printStackTrace(System.out);
                return List.of(Figure.atMost(0, "runs broken off", 1));
            }
        }
        return List.of(Figure.atMost(RUNS - 1, "void runs", RUNS));
    }

    /** Runs the chosen cases; for use without a build: ids, directory. */
    public static void main(String[] args) throws Exception {
        for (FaultCase one : chosen(args[0])) {
            System.out.println(one.id() + ": " + one.description());
            try {
                run(one, Path.of(args[1])).forEach(figure -> System.out.println("    " + figure));
            } catch (UnsupportedMachineException e) {
                System.out.println("    skipped: " + e.getMessage());
            }
        }
    }
}
