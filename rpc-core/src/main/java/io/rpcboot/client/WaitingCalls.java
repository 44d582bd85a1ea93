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

    /** False if too many wait already. */
    boolean add(PendingCall call) {
        synchronized (calls) {
            if (calls.size() >= MAX_CALLS) {
                return false;
            }
            calls.add(call);
            empty = false;
        }
        transport.schedule(
                () -> expire(call), Duration.ofNanos(call.call().deadline().remainingNanos()));
        return true;
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
        boolean waiting;
        synchronized (calls) {
            waiting = calls.remove(call);
            empty = calls.isEmpty();
        }
        if (waiting) {
            call.fail(call.failure(
                    RpcStatus.DEADLINE_EXCEEDED,
                    Reason.TOO_LATE,
                    Outcome.DID_NOT_RUN,
                    "the deadline passed while the call waited for an endpoint and a connection"));
        }
    }
}
