package io.rpcboot.faults.peer;

import io.rpcboot.Endpoint;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.client.RpcClient;
import io.rpcboot.faults.proto.ActRequest;
import io.rpcboot.faults.proto.ActResponse;
import io.rpcboot.faults.proto.ActServiceAsync;
import io.rpcboot.naming.FixedEndpoints;
import io.rpcboot.transport.Transport;
import io.rpcboot.transport.TransportOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A caller of which every fifth call is to time out, and which measures with its monotonic clock: port of the provider, file for what it
 * saw, seconds. Calls of the first seconds do not count.
 */
public final class TimedCaller {

    private static final int RATE = 500;
    private static final int TIMED_OUT_OF = 5;
    private static final Duration TIMEOUT = Duration.ofMillis(100);
    private static final Duration PATIENT = Duration.ofSeconds(2);
    private static final long WARMING_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ActServiceAsync acts;
    private final long startNanos = System.nanoTime();
    private final long startWall = System.currentTimeMillis();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger early = new AtomicInteger();
    private final AtomicInteger late = new AtomicInteger();
    private long wallAhead;
    private long wallBehind;

    private TimedCaller(ActServiceAsync acts) {
        this.acts = acts;
    }

    public static void main(String[] args) throws IOException {
        ParentWatch.start();
        RpcClient client = RpcClient.builder(Transport.tcp(TransportOptions.DEFAULT))
                .application("timed")
                .resolver(FixedEndpoints.of(Endpoint.of("127.0.0.1", Integer.parseInt(args[0]))))
                .callbackExecutor(Runnable::run)
                .build();
        TimedCaller caller = new TimedCaller(client.client(ActServiceAsync.class));
        caller.run(TimeUnit.SECONDS.toNanos(Long.parseLong(args[2])));
        Files.writeString(Path.of(args[1]), caller.seen().line());
        System.exit(0);
    }

    private void run(long nanos) {
        long planned = startNanos;
        for (int i = 0; planned - startNanos < nanos; i++) {
            planned = startNanos + i * TimeUnit.SECONDS.toNanos(1) / RATE;
            waitUntil(planned);
            call(i, planned - startNanos > WARMING_NANOS);
            noteWallClock();
        }
        waitUntil(System.nanoTime() + PATIENT.toNanos() + 2 * LATE_NANOS);
    }

    private static void waitUntil(long moment) {
        while (moment - System.nanoTime() > 0) {
            LockSupport.parkNanos(moment - System.nanoTime());
        }
    }

    private void call(int number, boolean counts) {
        boolean timesOut = number % TIMED_OUT_OF == 0;
        Duration timeout = timesOut ? TIMEOUT : PATIENT;
        ActRequest request = ActRequest.newBuilder()
                .setId(number)
                .setDelayMs(timesOut ? 5 * (int) TIMEOUT.toMillis() : 0)
                .build();
        ActServiceAsync timed = acts.with(options -> options.timeout(timeout));
        long deadline = System.nanoTime() + timeout.toNanos();
        CompletableFuture<ActResponse> reply = timed.act(request);
        if (counts) {
            calls.incrementAndGet();
            open.incrementAndGet();
            reply.whenComplete((response, failure) -> ended(timesOut, System.nanoTime() - deadline, failure));
        }
    }

    private void ended(boolean timesOut, long afterDeadline, @Nullable Throwable failure) {
        open.decrementAndGet();
        boolean timedOut = failure instanceof RpcException rpc && rpc.status() == RpcStatus.DEADLINE_EXCEEDED;
        if (timesOut != timedOut || failure != null && !timedOut) {
            failed.incrementAndGet();
        }
        if (timedOut && afterDeadline < 0) {
            early.incrementAndGet();
        }
        if (afterDeadline > LATE_NANOS) {
            late.incrementAndGet();
        }
    }

    private void noteWallClock() {
        long off = System.currentTimeMillis() - startWall - (System.nanoTime() - startNanos) / 1_000_000;
        wallAhead = Math.max(wallAhead, off);
        wallBehind = Math.min(wallBehind, off);
    }

    private Seen seen() {
        return new Seen(calls.get(), failed.get() + open.get(), early.get(), late.get(), wallAhead, wallBehind);
    }

    /**
     * What it saw. Immutable.
     *
     * @param calls that counted
     * @param otherwise those that ended otherwise than they had to, or not at all
     * @param early time-outs before their time
     * @param late ends more than 100 ms after the deadline
     * @param wallAheadMillis by how much the wall clock was ahead at most
     * @param wallBehindMillis by how much it was behind at most; below zero
     */
    public record Seen(int calls, int otherwise, int early, int late, long wallAheadMillis, long wallBehindMillis) {

        String line() {
            return calls + " " + otherwise + " " + early + " " + late + " " + wallAheadMillis + " " + wallBehindMillis;
        }

        /** What a caller wrote into the file. */
        public static Seen read(Path file) throws IOException {
            String[] fields = Files.readString(file).split(" ");
            return new Seen(
                    Integer.parseInt(fields[0]),
                    Integer.parseInt(fields[1]),
                    Integer.parseInt(fields[2]),
                    Integer.parseInt(fields[3]),
                    Long.parseLong(fields[4]),
                    Long.parseLong(fields[5]));
        }
    }
}
