package io.rpcboot.faults.cases;

import com.google.protobuf.ByteString;
import io.rpcboot.Endpoint;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.client.RpcClient;
import io.rpcboot.faults.peer.Ports;
import io.rpcboot.faults.proto.ActRequest;
import io.rpcboot.faults.proto.ActResponse;
import io.rpcboot.faults.proto.ActServiceAsync;
import io.rpcboot.naming.FixedEndpoints;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** F6. */
final class F6Flood implements FaultCase {

    private static final int CALLS = 100_000;
    private static final int PAYLOAD_BYTES = 1_024;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LATENESS = Duration.ofMillis(100);
    private static final int MIB = 1 << 20;

    /** Calls that wait for a connection; sent before the server has greeted; sent to one that has. */
    private static final int WAITING = 1_000;

    private static final int UNGREETED = 1_000;
    private static final int IN_FLIGHT = 10_000;
    /** The call that is just being made, and those whose place is free again but whose caller is told only now. */
    private static final int PASSING = 100;

    @Override
    public String id() {
        return "F6";
    }

    @Override
    public String description() {
        return "100,000 asynchronous calls of 1 KiB at once: to nobody, to a port that accepts and says nothing, to a server that takes 1 s for each of 8 calls";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        List<Figure> figures = new ArrayList<>();
        int port = Ports.free(1).get(0);
        figures.addAll(flood(stage, port, WAITING, ", nobody there"));
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            figures.addAll(flood(stage, silent.getLocalPort(), WAITING + UNGREETED, ", silent port"));
        }
        stage.plain("slow", port, "8").awaitListening();
        figures.addAll(flood(stage, port, WAITING + IN_FLIGHT, ", slow server"));
        return figures;
    }

    private static List<Figure> flood(Stage stage, int port, int bound, String where) throws Exception {
        RpcClient client = stage.client(FixedEndpoints.of(Endpoint.of("127.0.0.1", port)));
        ActServiceAsync acts = client.client(ActServiceAsync.class).with(options -> options.timeout(TIMEOUT));
        long before = liveBytes();
        Flood flood = new Flood(acts);
        flood.send();
        double grown = (liveBytes() - before) / (double) MIB;
        flood.awaitEnd();
        return List.of(
                Figure.atMost(bound + PASSING, "calls under way at once" + where, flood.mostUnderWay()),
                Figure.atLeast(1, "calls refused with RESOURCE_EXHAUSTED or UNAVAILABLE" + where, flood.refused()),
                Figure.atMost(64, "MiB of heap more while the rest waits" + where, grown),
                Figure.atMost(0, "calls that never ended" + where, flood.unended()),
                Figure.atMost(
                        LATENESS.toMillis(),
                        "ms from its deadline to the end of the latest call" + where,
                        flood.latestMillis()),
                Figure.atMost(0, "calls that ended otherwise than as they should" + where, flood.odd()));
    }

    private static long liveBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** The calls, of which only the ends are kept. Sent by one thread, ended by any. */
    private static final class Flood {

        private final ActServiceAsync acts;
        private final AtomicIntegerArray ends = new AtomicIntegerArray(RpcStatus.values().length);
        private final AtomicInteger underWay = new AtomicInteger();
        private final AtomicInteger mostUnderWay = new AtomicInteger();
        private final AtomicLong latestNanos = new AtomicLong();
        private final CountDownLatch ended = new CountDownLatch(CALLS);

        Flood(ActServiceAsync acts) {
            this.acts = acts;
        }

        void send() {
            byte[] payload = new byte[PAYLOAD_BYTES];
            for (int i = 0; i < CALLS; i++) {
                ActRequest request = ActRequest.newBuilder()
                        .setId((1L << 42) + i)
                        .setDelayMs(1_000)
                        .setPayload(ByteString.copyFrom(payload))
                        .build();
                long due = System.nanoTime() + TIMEOUT.toNanos();
                mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                acts.act(request).whenComplete((reply, failure) -> end(due, reply, failure));
            }
        }

        private void end(long due, @Nullable ActResponse reply, @Nullable Throwable failure) {
            underWay.decrementAndGet();
            latestNanos.accumulateAndGet(System.nanoTime() - due, Math::max);
            RpcStatus status = reply != null
                    ? RpcStatus.OK
                    : failure instanceof RpcException rpc ? rpc.status() : RpcStatus.UNKNOWN;
            ends.incrementAndGet(status.ordinal());
            ended.countDown();
        }

        void awaitEnd() throws InterruptedException {
            boolean all = ended.await(TIMEOUT.toSeconds() + 10, TimeUnit.SECONDS);
            if (!all) {
                System.out.println(unended() + " calls are still under way");
            }
        }

        int count(RpcStatus status) {
            return ends.get(status.ordinal());
        }

        int mostUnderWay() {
            return mostUnderWay.get();
        }

        int refused() {
            return count(RpcStatus.RESOURCE_EXHAUSTED) + count(RpcStatus.UNAVAILABLE);
        }

        long unended() {
            return ended.getCount();
        }

        double latestMillis() {
            return latestNanos.get() / (double) TimeUnit.MILLISECONDS.toNanos(1);
        }

        int odd() {
            int fine = count(RpcStatus.OK)
                    + count(RpcStatus.RESOURCE_EXHAUSTED)
                    + count(RpcStatus.UNAVAILABLE)
                    + count(RpcStatus.DEADLINE_EXCEEDED);
            return CALLS - fine;
        }
    }
}
