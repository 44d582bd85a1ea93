package io.rpcboot.faults.load;

import com.google.protobuf.ByteString;
import io.rpcboot.faults.proto.ActRequest;
import io.rpcboot.faults.proto.ActServiceAsync;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends calls on a fixed schedule whether or not earlier ones were answered, and records each. Runs on a thread of its own from its start;
 * used by one other thread.
 */
public final class OpenLoopLoad implements AutoCloseable {

    private static final AtomicLong IDS = new AtomicLong();
    private static final Duration STRAGGLERS = Duration.ofSeconds(5);

    private final Callee callee;
    private final LoadShape shape;
    private final Random random = new Random(7);
    private final Queue<PendingRecord> calls = new ConcurrentLinkedQueue<>();
    private final Thread sender = new Thread(this::send, "load");
    private final long startNanos = System.nanoTime();
    private volatile int rate;
    private volatile boolean stopping;

    private OpenLoopLoad(Callee callee, LoadShape shape) {
        this.callee = callee;
        this.shape = shape;
        this.rate = shape.rate();
    }

    public static OpenLoopLoad start(ActServiceAsync client, LoadShape shape) {
        return start(Callee.of(client, shape.timeout()), shape);
    }

    /** As above; the callee sees to the timeout that the shape names. */
    public static OpenLoopLoad start(Callee callee, LoadShape shape) {
        OpenLoopLoad load = new OpenLoopLoad(callee, shape);
        load.sender.setDaemon(true);
        load.sender.setPriority(Thread.MAX_PRIORITY);
        load.sender.start();
        return load;
    }

    /** Changes the calls per second from the next call on. */
    public void rate(int perSecond) {
        rate = perSecond;
    }

    /** Lets the load run on for this long by its own schedule; the moment at which that time is over. */
    public long runFor(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        TimeUnit.NANOSECONDS.timedJoin(sender, end - System.nanoTime());
        if (!sender.isAlive() && !stopping) {
            throw new IllegalStateException("the load has ended by itself");
        }
        return end;
    }

    /** The records of the calls so far; those under way are not among them. */
    public List<CallRecord> soFar() {
        return calls.stream()
                .filter(PendingRecord::hasEnded)
                .map(PendingRecord::toRecord)
                .toList();
    }

    /** Stops, waits until each call has ended or has long been overdue, and tells of all. */
    public List<CallRecord> finish() throws InterruptedException {
        close();
        long end = System.nanoTime() + shape.timeout().plus(STRAGGLERS).toNanos();
        while (System.nanoTime() - end < 0 && !calls.stream().allMatch(PendingRecord::hasEnded)) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return calls.stream().map(PendingRecord::toRecord).toList();
    }

    @Override
    public void close() throws InterruptedException {
        stopping = true;
        sender.join();
    }

    private void send() {
        double planned = 0;
        while (!stopping) {
            long plannedNanos = startNanos + (long) planned;
            while (plannedNanos - System.nanoTime() > 0 && !stopping) {
                LockSupport.parkNanos(plannedNanos - System.nanoTime());
            }
            sendOne(plannedNanos);
            double gap = 1e9 / rate;
            planned += shape.random() ? -Math.log(1 - random.nextDouble()) * gap : gap;
        }
    }

    private void sendOne(long plannedNanos) {
        long id = IDS.incrementAndGet();
        byte[] payload = new byte[shape.payloadBytes()];
        random.nextBytes(payload);
        ActRequest request = ActRequest.newBuilder()
                .setId(id)
                .setDelayMs(shape.workMillis())
                .setPayload(ByteString.copyFrom(payload))
                .build();
        boolean idempotent = random.nextInt(100) < shape.idempotentShare();
        PendingRecord call = new PendingRecord(
                request, idempotent, plannedNanos, shape.timeout().toNanos());
        calls.add(call);
        callee.call(request, idempotent).whenComplete(call::end);
    }
}
