package io.rpcboot.client;

import io.rpcboot.Cancellation;
import io.rpcboot.Outcome;
import io.rpcboot.RpcCall;
import io.rpcboot.RpcException;
import io.rpcboot.RpcReply;
import io.rpcboot.transport.PendingCall;
import io.rpcboot.transport.Transport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A call that may be under way at two endpoints. The first answer ends it, and the other attempt is cancelled; a failure that is no answer ends
 * it only if no other attempt is left. Completes exactly once.
 */
final class HedgedCall extends CompletableFuture<RpcReply> {

    private final RpcCall call;
    private final BalancedInvoker balanced;
    private final Cancellation firstAttempt;
    private final Cancellation secondAttempt;
    private int underWay = 1;
    private @Nullable RpcException lastFailure;

    HedgedCall(RpcCall call, BalancedInvoker balanced) {
        this.call = call;
        this.balanced = balanced;
        this.firstAttempt = call.cancellation().nested();
        this.secondAttempt = call.cancellation().nested();
    }

    /** Sends the call now, and a second time after the delay if it has not ended by then. */
    HedgedCall start(Transport transport, Duration delay) {
        PendingCall first = balanced.start(call.withCancellation(firstAttempt));
        first.whenComplete((reply, failure) -> attemptEnded(secondAttempt, reply, failure));
        try {
            Future<?> timer = transport.schedule(() -> hedge(first), delay);
            whenComplete((reply, failure) -> timer.cancel(false));
        } catch (RejectedExecutionException e) {
            // The transport is closed, which also ends the first attempt.
            return this;
        }
        return this;
    }

    private void hedge(PendingCall first) {
        synchronized (this) {
            if (underWay == 0 || isDone()) {
                return;
            }
            underWay++;
        }
        PendingCall second = null;
        try {
            second = balanced.hedge(first, call.withCancellation(secondAttempt));
        } finally {
            if (second == null) {
                notHedged();
            } else {
                second.whenComplete((reply, failure) -> attemptEnded(firstAttempt, reply, failure));
            }
        }
    }

    /** There is no second attempt after all; should the first have failed meanwhile, that is the end. */
    private void notHedged() {
        RpcException failure;
        synchronized (this) {
            underWay--;
            failure = underWay == 0 ? lastFailure : null;
        }
        if (failure != null) {
            end(failure);
        }
    }

    private void attemptEnded(Cancellation other, @Nullable RpcReply reply, @Nullable Throwable failure) {
        if (reply != null) {
            complete(reply);
            other.cancel();
            finish();
            return;
        }
        RpcException left = failureLeft(failure);
        if (left != null) {
            other.cancel();
            end(left);
        }
    }

    /** How the call ends by this failure; null if another attempt may still be answered. */
    private synchronized @Nullable RpcException failureLeft(@Nullable Throwable failure) {
        underWay--;
        RpcException ended = CallFailures.of(
                failure == null ? new IllegalStateException("no reply") : failure,
                call,
                call.deadline().remaining());
        if (ended.outcome() == Outcome.RAN) {
            return ended;
        }
        if (lastFailure == null || ended.outcome() == Outcome.MAY_HAVE_RUN) {
            lastFailure = ended;
        }
        return underWay == 0 ? lastFailure : null;
    }

    private void end(RpcException failure) {
        completeExceptionally(failure);
        finish();
    }

    private void finish() {
        firstAttempt.end();
        secondAttempt.end();
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        call.cancellation().cancel();
        return cancelled;
    }
}
