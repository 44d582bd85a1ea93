package io.rpcboot.server;

import com.google.protobuf.MessageLite;
import io.rpcboot.CallContext;
import io.rpcboot.CallGate;
import io.rpcboot.CallListener;
import io.rpcboot.Outcome;
import io.rpcboot.Reason;
import io.rpcboot.RpcCall;
import io.rpcboot.RpcException;
import io.rpcboot.RpcReply;
import io.rpcboot.RpcStatus;
import io.rpcboot.transport.IncomingCall;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A call on its way through the queue, and on its worker: gates, decoding, interceptors, user code, and the answer. */
final class ServedCall implements Runnable, Supplier<CallContext> {

    private static final RpcException TOO_LATE = RpcException.of(
                    RpcStatus.DEADLINE_EXCEEDED, "the deadline passed while the call waited for a worker")
            .reason(Reason.TOO_LATE)
            .outcome(Outcome.DID_NOT_RUN)
            .withoutStackTrace()
            .build();

    private final IncomingCall incoming;
    private final ServedMethod served;
    private long arrivedAt;
    private int ahead;

    ServedCall(IncomingCall incoming, ServedMethod served) {
        this.incoming = incoming;
        this.served = served;
    }

    /** Notes when the call begins to wait for a worker, and how many are before it. */
    void queued(long nanoTime, int callsAhead) {
        arrivedAt = nanoTime;
        ahead = callsAhead;
    }

    /** When the call began to wait, a reading of {@link System#nanoTime()}. */
    long arrivedAt() {
        return arrivedAt;
    }

    int ahead() {
        return ahead;
    }

    /** Whether nobody waits for the call any more. */
    boolean isOver(long now) {
        return incoming.cancellation().isCancelled() || incoming.deadline().nanoTime() - now <= 0;
    }

    /** Answers without running: nobody waits for a call that is cancelled or too late, so its work never starts. */
    void tooLate() {
        incoming.fail(TOO_LATE);
    }

    /** Answers without running. */
    void refuse(RpcException refusal) {
        incoming.fail(refusal);
    }

    @Override
    public void run() {
        try (CallContext.Scope scope = CallContext.enterLazily(this)) {
            checkGates();
            MessageLite request = incoming.read(served.method().requestParser());
            invoke(request);
        } catch (Throwable e) {
            incoming.fail(served.failures().beforeTheMethod(served.method(), e));
        }
    }

    /** The context of this call, made only if somebody looks at it. */
    @Override
    public CallContext get() {
        return new CallContext(
                served.method(),
                incoming.metadata(),
                incoming.deadline(),
                incoming.peer(),
                incoming.cancellation(),
                incoming.attempt());
    }

    private void checkGates() {
        if (served.gates().isEmpty()) {
            return;
        }
        CallContext context = Objects.requireNonNull(CallContext.current());
        for (CallGate gate : served.gates()) {
            gate.check(context);
        }
    }

    private void invoke(MessageLite request) {
        long startedAt = served.listener() == CallListener.NONE ? 0 : System.nanoTime();
        UnaryOperator<MessageLite> handler = served.handler();
        try {
            if (handler != null) {
                finish(RpcReply.of(handler.apply(request)), null, startedAt);
            } else {
                answer(served.chain().invoke(call(request)), startedAt);
            }
        } catch (Throwable e) {
            finish(null, e, startedAt);
        }
    }

    private RpcCall call(MessageLite request) {
        RpcCall call = RpcCall.unary(
                served.method(), request, incoming.metadata(), incoming.deadline(), incoming.cancellation());
        return incoming.attempt() == 0 ? call : call.withAttempt(incoming.attempt());
    }

    private void answer(CompletableFuture<RpcReply> reply, long startedAt) {
        if (reply.isDone() && !reply.isCompletedExceptionally()) {
            // That of a blocking method, which needs no further objects.
            finish(reply.getNow(null), null, startedAt);
        } else {
            // An asynchronous method holds no thread while its reply is on its way.
            reply.whenComplete((good, failure) -> finish(good, failure, startedAt));
        }
    }

    private void finish(@Nullable RpcReply reply, @Nullable Throwable failure, long startedAt) {
        try {
            if (reply != null) {
                tell(RpcStatus.OK, startedAt);
                incoming.reply(reply);
            } else {
                Throwable cause = failure == null
                        ? new IllegalStateException("an interceptor completed the call with null")
                        : failure;
                RpcException answer = ofTheMethod(cause);
                tell(answer.status(), startedAt);
                incoming.fail(answer);
            }
        } catch (RuntimeException | Error e) {
            incoming.fail(ofTheMethod(e));
        }
    }

    private void tell(RpcStatus status, long startedAt) {
        if (served.listener() != CallListener.NONE) {
            served.listener().ended(served.method(), status, System.nanoTime() - startedAt);
        }
    }

    /**
     * What the method makes of its cancellation, or the calls that were cancelled with it, is not for a caller that cancelled nothing and whose
     * time was over.
     */
    private RpcException ofTheMethod(Throwable failure) {
        RpcException answer = served.failures().ofTheMethod(served.method(), incoming.peer(), failure);
        if (answer.status() != RpcStatus.CANCELLED || !incoming.deadline().isExpired()) {
            return answer;
        }
        return RpcException.of(
                        RpcStatus.DEADLINE_EXCEEDED,
                        "the deadline passed while the method ran: " + answer.description())
                .reason(answer.reason())
                .outcome(answer.outcome())
                .details(answer.details())
                .retryAfter(answer.retryAfter())
                .withoutStackTrace()
                .build();
    }
}
