package io.rpcboot.balance;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** One client that calls servers at a steady rate, on a clock of its own that takes no time. */
final class Simulation {

    private final List<SimulatedServer> servers;
    private final Random random = new Random(1);
    private final PriorityQueue<Reply> replies = new PriorityQueue<>(Comparator.comparingLong(Reply::at));
    private final LoadBalancer balancer;
    private final Ejection<SimulatedServer> ejection;
    private List<SimulatedServer> candidates;
    private long now;
    int failures;

    Simulation(SimulatedServer... servers) {
        this.servers = List.of(servers);
        this.balancer = new PeakEwma(() -> now, () -> random);
        this.ejection = new Ejection<>(EjectionOptions.DEFAULT, () -> now, random::nextDouble, this::changed);
        this.candidates = ejection.keep(this.servers, this.servers);
    }

    private void changed() {
        candidates = ejection.keep(servers, servers);
    }

    long millis() {
        return TimeUnit.NANOSECONDS.toMillis(now);
    }

    /** Counts anew from here. */
    void forgetCounts() {
        servers.forEach(server -> server.calls = 0);
        failures = 0;
    }

    /** Lets time pass with so many calls in each second. */
    void run(double seconds, int callsPerSecond) {
        long end = now + (long) (seconds * 1e9);
        long step = 1_000_000_000L / callsPerSecond;
        while (now < end) {
            call();
            long next = now + step;
            for (Reply reply; (reply = replies.peek()) != null && reply.at <= next; ) {
                now = reply.at;
                replies.remove().arrive();
            }
            now = next;
        }
    }

    /** Makes one call and waits for its reply. */
    void runOne() {
        call();
        while (!replies.isEmpty()) {
            now = replies.peek().at;
            replies.remove().arrive();
        }
    }

    private void call() {
        SimulatedServer probe = ejection.isProbeDue() ? ejection.probe(server -> true) : null;
        SimulatedServer chosen = balancer.choose(probe == null ? candidates : List.of(probe), Calls.ANY);
        chosen.outstanding++;
        chosen.calls++;
        long noise = random.nextInt(100_000);
        replies.add(new Reply(
                chosen, now, now + TimeUnit.MILLISECONDS.toNanos(chosen.latency.applyAsLong(millis())) + noise));
    }

    /** Its part of the calls counted. */
    double share(int server) {
        return (double) servers.get(server).calls / total();
    }

    int total() {
        return IntStream.range(0, servers.size()).map(i -> servers.get(i).calls).sum();
    }

    private final class Reply {

        private final SimulatedServer server;
        private final long sentAt;
        private final long at;
        private final Verdict verdict;

        Reply(SimulatedServer server, long sentAt, long at) {
            this.server = server;
            this.sentAt = sentAt;
            this.at = at;
            this.verdict = server.verdict;
        }

        long at() {
            return at;
        }

        void arrive() {
            server.outstanding--;
            if (verdict == Verdict.WORKS) {
                server.load().answered(at - sentAt, at);
            } else {
                failures++;
                server.load().delayed(at - sentAt, at);
            }
            ejection.ended(server, verdict, sentAt, at);
        }
    }
}
