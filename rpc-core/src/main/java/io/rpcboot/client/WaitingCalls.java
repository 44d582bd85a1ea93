package io.rpcboot.client;

import io.rpcboot.Outcome;
import io.rpcboot.Reason;
import io.rpcboot.RpcStatus;
import io.rpcboot.transport.PendingCall;
import io.rpcboot.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Calls that wait, in the order they came, for a connection that can take them, each at most until its deadline. Safe for use by many threads.
 */
final class WaitingCalls {

    /** A deadline is noticed at most this late. */
    private static final Duration TICK = Duration.ofMillis(10);

    private final Transport transport;
    private final WaitingOptions options;
    private final Runnable onTick;
    private final Set<PendingCall> calls = new LinkedHashSet<>();
    private long bytes;
    private boolean sweeping;
    private long lastDrop = System.nanoTime() - TICK.toNanos();
    private volatile boolean empty = true;

    /** @param onTick runs every few milliseconds while calls wait: whoever lost a race for room by a hair is not forgotten */
    WaitingCalls(Transport transport, WaitingOptions options, Runnable onTick) {
        this.transport = transport;
        this.options = options;
        this.onTick = onTick;
    }

    boolean isEmpty() {
        return empty;
    }

    /** False if too many wait already, or the transport is closed and nothing can come any more. */
    boolean add(PendingCall call) {
        synchronized (calls) {
            if (isTooMuch(call)) {
                dropEnded();
            }
            if (isTooMuch(call)) {
                return false;
            }
            calls.add(call);
            bytes += call.requestBytes();
            empty = false;
            return sweepSoon() || !remove(call);
        }
    }

    private boolean isTooMuch(PendingCall call) {
        boolean fits = calls.isEmpty() || bytes + call.requestBytes() <= options.maxBytes();
        return calls.size() >= options.maxCalls() || !fits;
    }

    /** Calls that their callers gave up go at the next tick; where it is late they must not keep others out. */
    private void dropEnded() {
        long now = System.nanoTime();
        if (now - lastDrop >= TICK.toNanos()) {
            lastDrop = now;
            calls.stream().filter(PendingCall::isDone).toList().forEach(this::remove);
        }
    }

    /** The call waits no longer; false if it did not. */
    boolean remove(PendingCall call) {
        synchronized (calls) {
            boolean removed = calls.remove(call);
            if (removed) {
                bytes -= call.requestBytes();
                empty = calls.isEmpty();
            }
            return removed;
        }
    }

    /** The call that has waited longest; null if none waits. */
    @Nullable
    PendingCall oldest() {
        synchronized (calls) {
            return calls.isEmpty() ? null : calls.iterator().next();
        }
    }

    /** All calls, in the order they came; they go on waiting. */
    List<PendingCall> all() {
        synchronized (calls) {
            return List.copyOf(calls);
        }
    }

    private boolean sweepSoon() {
        if (sweeping) {
            return true;
        }
        try {
            transport.schedule(this::sweep, TICK);
            sweeping = true;
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private void sweep() {
        long now = System.nanoTime();
        List<PendingCall> over = new ArrayList<>();
        synchronized (calls) {
            sweeping = false;
            for (PendingCall call : calls) {
                if (call.isDone() || call.call().deadline().nanoTime() - now <= 0) {
                    over.add(call);
                }
            }
            over.removeIf(call -> !remove(call));
            if (!calls.isEmpty()) {
                // Not done if the transport is closed; then whoever closed it ends the calls.
                sweepSoon();
            }
        }
        over.forEach(WaitingCalls::expire);
        onTick.run();
    }

    private static void expire(PendingCall call) {
        call.fail(call.failure(
                RpcStatus.DEADLINE_EXCEEDED,
                Reason.TOO_LATE,
                Outcome.DID_NOT_RUN,
                "the deadline passed while the call waited for an endpoint and a connection that takes one more call"));
    }
}
