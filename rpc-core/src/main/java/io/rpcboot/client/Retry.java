package io.rpcboot.client;

import io.rpcboot.Outcome;
import io.rpcboot.Reason;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.transport.PendingCall;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a failed call is sent again, and when: only if it certainly did not run, or if its contract says that running it again does
 * no harm; at most three times in all; within the budget of the service. What serves a call that was itself sent again repeats nothing, so that
 * repetitions do not multiply down a chain. Safe for use by many threads.
 */
final class Retry {

    private static final int MAX_ATTEMPTS = 3;
    private static final long LEAST_TIME_LEFT = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(250);

    private final RetryBudget budget;

    Retry(RetryBudget budget) {
        this.budget = budget;
    }

    /** How long to wait before the call is sent again; null if it is not. */
    @Nullable
    Duration pauseBefore(PendingCall call, RpcException failure) {
        int sent = call.attempt() - call.call().attempt() + 1;
        boolean allowed = call.call().attempt() == 0
                && sent < MAX_ATTEMPTS
                && !call.call().cancellation().isCancelled()
                && isSafe(call, failure);
        if (!allowed) {
            return null;
        }
        Duration pause = pause(failure, sent);
        long left = call.call().deadline().remainingNanos() - pause.toNanos();
        if (left < LEAST_TIME_LEFT || !isFree(failure) && !budget.take(System.nanoTime())) {
            return null;
        }
        return pause;
    }

    private static boolean isSafe(PendingCall call, RpcException failure) {
        Duration retryAfter = failure.retryAfter();
        if (retryAfter != null && retryAfter.isNegative()) {
            return false;
        }
        return switch (failure.outcome()) {
            case DID_NOT_RUN -> isPassing(failure);
            case MAY_HAVE_RUN ->
                failure.status() == RpcStatus.UNAVAILABLE
                        && call.call().method().idempotency().isSafeToRepeat();
            case RAN -> false;
        };
    }

    /** Whether another endpoint, or the same one later, may well take the call. */
    private static boolean isPassing(RpcException failure) {
        return switch (failure.reason()) {
            case CONNECTION_LOST, DRAINING, LIMIT ->
                failure.status() == RpcStatus.UNAVAILABLE || failure.status() == RpcStatus.RESOURCE_EXHAUSTED;
            default -> false;
        };
    }

    /** A call that never left this process burdens nobody when it is sent again. */
    private static boolean isFree(RpcException failure) {
        return failure.outcome() == Outcome.DID_NOT_RUN && failure.reason() == Reason.CONNECTION_LOST;
    }

    private static Duration pause(RpcException failure, int sent) {
        Duration asked = failure.retryAfter();
        if (asked != null && !asked.isZero()) {
            return asked;
        }
        if (sent == 1 && failure.outcome() == Outcome.DID_NOT_RUN) {
            return Duration.ZERO;
        }
        long longest = Math.min(LONGEST_PAUSE, FIRST_PAUSE << (sent - 1));
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(longest));
    }
}
