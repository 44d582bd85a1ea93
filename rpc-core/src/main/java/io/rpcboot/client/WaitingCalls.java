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

/** Calls that wait for a first connection, each at most until its deadline. Safe for use by many threads. */
final class WaitingCalls {

    /** More than this many do not wait. */
    static final int MAX_CALLS = 1000;

    private final Transport transport;
    private final Set<PendingCall> calls = new LinkedHashSet<>();
    private volatile boolean empty = true;

    WaitingCalls(Transport transport) {
        this.transport = transport;
    }

    boolean isEmpty() {
        return empty;
    }

    /** False if too many wait already, or the transport is closed and nothing can come any more. */
    boolean add(PendingCall call) {
        synchronized (calls) {
            if (calls.size() >= MAX_CALLS) {
                return false;
            }
            calls.add(call);
            empty = false;
        }
        try {
            transport.schedule(
                    () -> expire(call), Duration.ofNanos(call.call().deadline().remainingNanos()));
            return true;
        } catch (RejectedExecutionException e) {
            return !remove(call);
        }
    }

    private boolean remove(PendingCall call) {
        synchronized (calls) {
            boolean removed = calls.remove(call);
            empty = calls.isEmpty();
            return removed;
        }
    }

    /** All calls, in the order they came; they wait no longer. */
    List<PendingCall> takeAll() {
        synchronized (calls) {
            List<PendingCall> all = new ArrayList<>(calls);
            calls.clear();
            empty = true;
            return all;
        }
    }

    private void expire(PendingCall call) {
        if (remove(call)) {
            call.fail(call.failure(
                    RpcStatus.DEADLINE_EXCEEDED,
                    Reason.TOO_LATE,
                    Outcome.DID_NOT_RUN,
                    "the deadline passed while the call waited for an endpoint and a connection"));
        }
    }
}
