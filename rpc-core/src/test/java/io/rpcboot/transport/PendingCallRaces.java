package io.rpcboot.transport;

import io.rpcboot.Cancellation;
import io.rpcboot.Deadline;
import io.rpcboot.Metadata;
import io.rpcboot.Outcome;
import io.rpcboot.Reason;
import io.rpcboot.RpcCall;
import io.rpcboot.RpcException;
import io.rpcboot.RpcReply;
import io.rpcboot.RpcStatus;
import io.rpcboot.test.ProbeContract;
import io.rpcboot.test.Text;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;

/**
 * What may happen to a pending call, for a checker that tries the orders in which two threads can do it. One thread is the event loop, the
 * others are callers. {@link PendingCallInOrder} says what must come of it.
 */
public class PendingCallRaces {

    private final AtomicInteger told = new AtomicInteger();
    private final AtomicBoolean listens = new AtomicBoolean();
    private final AtomicInteger endsHeard = new AtomicInteger();
    private final Cancellation cancellation = new Cancellation();
    private final PendingCall pending;
    private boolean written;

    public PendingCallRaces() {
        RpcCall call = RpcCall.unary(
                ProbeContract.ECHO, Text.getDefaultInstance(), Metadata.EMPTY, Deadline.at(0), cancellation);
        pending = new PendingCall(call, this::sendAgain);
        pending.observer((sentAt, endedAt, failure) -> told.incrementAndGet());
    }

    /** Once, to another connection, as for methods that are safe to repeat. */
    private boolean sendAgain(PendingCall call, RpcException failure) {
        if (call.attempt() > 0) {
            return false;
        }
        call.nextAttempt();
        call.observer((sentAt, endedAt, reason) -> told.incrementAndGet());
        call.attach(null);
        return true;
    }

    /** The call's turn to be written has come. */
    @Operation(nonParallelGroup = "loop")
    public boolean commit() {
        if (pending.isDone() || written) {
            return false;
        }
        written = pending.commit();
        if (!written) {
            awaitEnd();
        }
        return written;
    }

    /** Whoever gave the call up is about to end it. */
    private void awaitEnd() {
        while (!pending.isDone()) {
            Thread.onSpinWait();
        }
    }

    @Operation(nonParallelGroup = "loop")
    public boolean answer() {
        return written && pending.complete(new RpcReply(Text.getDefaultInstance(), Metadata.EMPTY));
    }

    @Operation(nonParallelGroup = "loop")
    public void expire() {
        pending.failForGood(pending.expired());
    }

    @Operation(nonParallelGroup = "loop")
    public void loseConnection() {
        boolean before = written;
        written = false;
        pending.fail(pending.failure(
                RpcStatus.UNAVAILABLE,
                Reason.CONNECTION_LOST,
                before ? Outcome.MAY_HAVE_RUN : Outcome.DID_NOT_RUN,
                "lost"));
    }

    @Operation
    public void cancel() {
        cancellation.cancel();
        // Of two who cancel at once, the second one comes back before the first is through.
        awaitEnd();
    }

    /** The caller of an asynchronous call wants to hear of its end. */
    @Operation
    public void listen() {
        if (listens.compareAndSet(false, true)) {
            pending.onEnd((reply, failure) -> endsHeard.incrementAndGet());
        }
    }

    /** How the call ended. */
    @Operation(nonParallelGroup = "loop")
    public String end() {
        if (!pending.isDone()) {
            return "open";
        }
        try {
            pending.join();
            return "OK";
        } catch (CompletionException e) {
            RpcException failure = (RpcException) e.getCause();
            return failure.status() + " " + failure.outcome();
        }
    }

    @Validate
    public void everyEndIsToldOnce() {
        if (endsHeard.get() != (listens.get() && pending.isDone() ? 1 : 0)) {
            throw new IllegalStateException("the end was told " + endsHeard + " times, " + pending);
        }
        if (told.get() > pending.attempt() + 1 || pending.isDone() && told.get() == 0) {
            throw new IllegalStateException(told + " ends told of " + (pending.attempt() + 1) + " attempts");
        }
    }
}
