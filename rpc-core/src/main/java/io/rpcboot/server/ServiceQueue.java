package io.rpcboot.server;

import io.rpcboot.Outcome;
import io.rpcboot.Reason;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one service that wait for a worker, oldest first, and the share of the workers that the service may hold at once. Each run
 * takes one call. Safe for use by many threads; no thread ever waits for another here.
 */
final class ServiceQueue implements Runnable {

    /** What one arrival clears away at most, so that no event loop stays here. */
    private static final int CLEARED_PER_ARRIVAL = 16;

    private final Executor workers;
    private final int share;
    private final CoDel delay;
    private final RpcException overload;
    private final Queue<ServedCall> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger length = new AtomicInteger();
    private final AtomicInteger held = new AtomicInteger();

    /** Runs that were started and have not taken a call yet. */
    private final AtomicInteger coming = new AtomicInteger();

    /**
     * @param share workers that the service may hold at once
     */
    ServiceQueue(String service, Executor workers, int share, AdmissionOptions options) {
        this.workers = workers;
        this.share = share;
        this.delay = new CoDel(options.target().toNanos(), options.interval().toNanos());
        this.overload = refusal(
                RpcStatus.RESOURCE_EXHAUSTED,
                Reason.LIMIT,
                "the workers of " + service + " are busy, calls wait for more than "
                        + options.target().toMillis() + " ms",
                options.interval());
    }

    /** Takes a call that has just arrived, or refuses it. Called on event loops. */
    void submit(ServedCall call) {
        long now = System.nanoTime();
        ServedCall oldest = waiting.peek();
        long oldestWaits = oldest == null ? 0 : now - oldest.arrivedAt();
        if (delay.refusesArrival(length.get(), oldestWaits, noneFree(), now)) {
            call.refuse(overload);
            clear(now);
            return;
        }
        call.queued(now, length.getAndIncrement());
        waiting.add(call);
        start();
    }

    /** Ends the calls at the head that have ended anyway or waited too long: while all workers hang, nobody else does. */
    private void clear(long now) {
        for (int i = 0; i < CLEARED_PER_ARRIVAL; i++) {
            ServedCall oldest = waiting.peek();
            if (oldest == null || !(oldest.isOver(now) || delay.isTooOld(now - oldest.arrivedAt()))) {
                return;
            }
            if (waiting.remove(oldest)) {
                length.decrementAndGet();
                end(oldest, now);
            }
        }
    }

    private boolean noneFree() {
        // Where the number of workers is unknown, a wait is all there is to go by.
        return share == Integer.MAX_VALUE || held.get() >= share;
    }

    private void start() {
        int now;
        do {
            now = held.get();
            if (now >= share) {
                return;
            }
        } while (!held.compareAndSet(now, now + 1));
        coming.incrementAndGet();
        boolean started = false;
        try {
            workers.execute(this);
            started = true;
        } catch (RejectedExecutionException e) {
            close();
        } finally {
            if (!started) {
                coming.decrementAndGet();
                held.decrementAndGet();
            }
        }
    }

    /** Runs the oldest call that is worth it. On a worker. */
    @Override
    public void run() {
        coming.decrementAndGet();
        try {
            ServedCall call = take();
            if (call != null) {
                call.run();
            }
        } finally {
            held.decrementAndGet();
            // Whoever found all workers of the share held has left the start to us; the last run sees none coming.
            if (length.get() > coming.get() && !waiting.isEmpty()) {
                start();
            } else if (delay.isStrained() && waiting.isEmpty()) {
                delay.emptied(System.nanoTime());
            }
        }
    }

    private @Nullable ServedCall take() {
        for (ServedCall call; (call = waiting.poll()) != null; ) {
            int behind = length.decrementAndGet();
            long now = System.nanoTime();
            boolean refused = delay.refusesTaken(now - call.arrivedAt(), call.ahead(), behind, noneFree(), now);
            if (!refused && !call.isOver(now)) {
                return call;
            }
            end(call, now);
        }
        return null;
    }

    private void end(ServedCall call, long now) {
        if (call.isOver(now)) {
            call.tooLate();
        } else {
            call.refuse(overload);
        }
    }

    /** Refuses all that waits: the workers are gone. */
    void close() {
        RpcException stopped =
                refusal(RpcStatus.UNAVAILABLE, Reason.DRAINING, "the server's workers take no more calls", null);
        for (ServedCall call; (call = waiting.poll()) != null; ) {
            length.decrementAndGet();
            call.refuse(stopped);
        }
    }

    private static RpcException refusal(RpcStatus status, Reason reason, String text, @Nullable Duration retryAfter) {
        return RpcException.of(status, text)
                .reason(reason)
                .outcome(Outcome.DID_NOT_RUN)
                .retryAfter(retryAfter)
                .withoutStackTrace()
                .build();
    }
}
