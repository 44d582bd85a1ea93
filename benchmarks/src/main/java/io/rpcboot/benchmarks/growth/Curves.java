package io.rpcboot.benchmarks.growth;

import io.rpcboot.benchmarks.contender.rpc.GrownContender;
import io.rpcboot.benchmarks.load.Load;
import io.rpcboot.benchmarks.process.Jdk;
import io.rpcboot.benchmarks.process.Pair;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The curves, each with processes of its own. */
final class Curves {

    private static final String SMALL = GrownContender.name(2, 1);
    private static final Load CALLS = Load.parse("login:async:16");

    /** The compiler counts calls, not seconds. */
    private static final Load MANY_CALLS = Load.parse("login:async:256");

    private final Jdk jdk = Jdk.current();
    private final Path logs;

    Curves(Path logs) {
        this.logs = logs;
    }

    Curve payload() throws IOException {
        List<Point> points = new ArrayList<>();
        try (Pair pair = Pair.start(SMALL, jdk, logs)) {
            Measuring.warmUp(pair, Load.parse("echo1k:async:16"));
            for (int bytes = 16; bytes <= 1 << 20; bytes *= 4) {
                points.add(Measuring.point(bytes, pair, Load.parse("echo" + bytes + ":async:16")));
            }
        }
        return new Curve("payload", "bytes of a message, there and back", "echo:async:16", points);
    }

    Curve inFlight() throws IOException {
        List<Point> points = new ArrayList<>();
        try (Pair pair = Pair.start(SMALL, jdk, logs)) {
            Measuring.warmUp(pair, MANY_CALLS);
            for (int calls : new int[] {1, 3, 10, 30, 100, 300, 1000, 3000, 10_000}) {
                points.add(Measuring.point(calls, pair, Load.parse("login:async:" + calls)));
            }
        }
        return new Curve("in-flight", "calls in flight on one connection", "login:async:N", points);
    }

    Curve connections() throws IOException {
        List<Point> points = new ArrayList<>();
        try (Pair pair = Pair.start(SMALL, jdk, logs)) {
            Measuring.warmUp(pair, MANY_CALLS);
            int open = 0;
            for (int connections : new int[] {1, 10, 100, 1000, 3000, 9000}) {
                pair.connect(connections - open);
                open = connections;
                points.add(Measuring.spreadPoint(connections, pair, CALLS));
            }
        }
        return new Curve("connections", "connections, one call after the other on each", "login:async:16", points);
    }

    Curve endpoints() throws IOException {
        List<Point> points = new ArrayList<>();
        for (int endpoints : new int[] {1, 10, 100, 300, 1000}) {
            try (Pair pair = Pair.start(GrownContender.name(2, endpoints), jdk, logs)) {
                Measuring.warmUp(pair, MANY_CALLS);
                points.add(Measuring.point(endpoints, pair, CALLS));
            }
        }
        return new Curve("endpoints", "endpoints behind one reference", "login:async:16", points);
    }

    Curve services() throws IOException {
        List<Point> points = new ArrayList<>();
        for (int services : new int[] {2, 10, 100, 300, 1000}) {
            try (Pair pair = Pair.start(GrownContender.name(services, 1), jdk, logs)) {
                Measuring.warmUp(pair, MANY_CALLS);
                points.add(Measuring.point(services, pair, CALLS));
            }
        }
        return new Curve("services", "services that a server offers", "login:async:16", points);
    }
}
