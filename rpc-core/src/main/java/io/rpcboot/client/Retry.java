package io.rpcboot.client;

import io.rpcboot.Outcome;
import io.rpcboot.Reason;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.transport.PendingCall;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a failed call is sent again, and when: only if it certainly did not run, or if its contract says that running it again does
 * no harm; a few times at most; within the budget of the service. One that a server has no room for goes to another endpoint or nowhere. What
 * serves a call that was itself sent again repeats nothing, so that repetitions do not multiply down a chain. Safe for use by many threads.
 */
final class Retry {

    private static final long LEAST_TIME_LEFT = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int MOST_DOUBLINGS = 20;

    private final RetryBudget budget;
    private final RetryOptions options;
    private final CallPolicies policies;

    Retry(RetryBudget budget, RetryOptions options, CallPolicies policies) {
        this.budget = budget;
        this.options = options;
        this.policies = policies;
    }

    /**
     * How long to wait before the call is sent again; null if it is not.
     *
     * @param elsewhere whether another endpoint can take it; asked only where that decides
     */
    @Nullable
    Duration pauseBefore(PendingCall call, RpcException failure, BooleanSupplier elsewhere) {
        int sent = call.attempt() - call.call().attempt() + 1;
        boolean allowed = call.call().attempt() == 0
                && sent <= policies.of(call.call().method()).retries()
                && !call.call().cancellation().isCancelled()
                && isSafe(call, failure)
                && (!isOverload(failure) || elsewhere.getAsBoolean());
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

    /** The endpoint has too much to do: whoever asks it again adds to that, and the caller had better know at once. */
    private static boolean isOverload(RpcException failure) {
        return failure.outcome() == Outcome.DID_NOT_RUN && failure.reason() == Reason.LIMIT;
    }

    /** A call that never left this process burdens nobody when it is sent again. */
    private static boolean isFree(RpcException failure) {
        return failure.outcome() == Outcome.DID_NOT_RUN && failure.reason() == Reason.CONNECTION_LOST;
    }

    private Duration pause(RpcException failure, int sent) {
        // What an overloaded endpoint asks for concerns itself; the next attempt goes to another one.
        Duration asked = isOverload(failure) ? null : failure.retryAfter();
        if (asked != null && !asked.isZero()) {
            return asked;
        }
        if (sent == 1 && failure.outcome() == Outcome.DID_NOT_RUN) {
            return Duration.ZERO;
        }
        double longest = options.firstPause().toNanos() * Math.pow(2, Math.min(MOST_DOUBLINGS, sent - 1));
        double most = Math.min(longest, options.longestPause().toNanos());
        return Duration.ofNanos((long) (most * ThreadLocalRandom.current().nextDouble()));
    }
}
