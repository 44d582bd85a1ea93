package io.rpcboot.faults.cases;

import io.rpcboot.faults.peer.PeerProcess;
import io.rpcboot.faults.peer.PlainProvider;
import io.rpcboot.faults.peer.Ports;
import io.rpcboot.faults.peer.TimedCaller;
import io.rpcboot.faults.peer.WallClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** B7. */
final class B7WallClocks implements FaultCase {

    private static final int SECONDS = 40;
    private static final Duration BEFORE = Duration.ofSeconds(10);
    private static final Duration STEP = Duration.ofSeconds(4);
    private static final List<Duration> STEPS = List.of(Duration.ofHours(1), Duration.ofHours(-1), Duration.ZERO);
    private static final double HOUR_MILLIS = Duration.ofHours(1).toMillis();

    @Override
    public String id() {
        return "B7";
    }

    @Override
    public String description() {
        return "The wall clock of the caller and then that of the provider goes an hour ahead, two back, and one ahead again;"
                + " 500 calls/s of which every fifth times out";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        int port = Ports.free(1).get(0);
        Path directory = stage.directory();
        WallClock atProvider = WallClock.of(directory, "provider");
        WallClock atCaller = WallClock.of(directory, "caller");
        stage.closing(PeerProcess.start(
                        atProvider.host(),
                        directory,
                        "provider",
                        port,
                        PlainProvider.class,
                        List.of("provider", Integer.toString(port), directory.toString(), "200")))
                .awaitListening();
        Path file = directory.resolve("caller.seen");
        PeerProcess caller = stage.closing(PeerProcess.start(
                atCaller.host(),
                directory,
                "caller",
                port,
                TimedCaller.class,
                List.of(Integer.toString(port), file.toString(), Integer.toString(SECONDS))));
        TimeUnit.NANOSECONDS.sleep(BEFORE.toNanos());
        move(atCaller);
        move(atProvider);
        caller.awaitExit(Duration.ofSeconds(SECONDS + 60));
        TimedCaller.Seen seen = TimedCaller.Seen.read(file);
        return List.of(
                Figure.atMost(0, "calls that ended otherwise than they had to", seen.otherwise()),
                Figure.atMost(0, "time-outs before their time", seen.early()),
                Figure.atMost(0, "ends more than 100 ms after the deadline", seen.late()),
                Figure.atLeast(10_000, "calls made", seen.calls()),
                Figure.atLeast(0.99 * HOUR_MILLIS, "ms that the caller's wall clock was ahead", seen.wallAheadMillis()),
                Figure.atLeast(0.99 * HOUR_MILLIS, "ms that it was behind", -seen.wallBehindMillis()));
    }

    private static void move(WallClock clock) throws Exception {
        for (Duration step : STEPS) {
            clock.shift(step);
            TimeUnit.NANOSECONDS.sleep(STEP.toNanos());
        }
    }
}
