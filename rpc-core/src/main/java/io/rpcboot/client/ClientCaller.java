package io.rpcboot.client;

import com.google.protobuf.MessageLite;
import io.rpcboot.CallContext;
import io.rpcboot.CallListener;
import io.rpcboot.CallOptions;
import io.rpcboot.Cancellation;
import io.rpcboot.Deadline;
import io.rpcboot.Invoker;
import io.rpcboot.Outcome;
import io.rpcboot.Reason;
import io.rpcboot.RpcCall;
import io.rpcboot.RpcException;
import io.rpcboot.RpcMethod;
import io.rpcboot.RpcReply;
import io.rpcboot.RpcStatus;
import io.rpcboot.RpcStream;
import io.rpcboot.contract.Caller;
import io.rpcboot.contract.MethodContract;
import io.rpcboot.contract.UnsupportedStreams;
import io.rpcboot.transport.Transport;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes an {@link RpcCall} of each Java call, and a Java result of each reply. Safe for use by many threads. */
final class ClientCaller implements Caller {

    private static final long LOST_AFTER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Invoker invoker;
    private final Timeouts timeouts;
    private final Executor callbacks;
    private final CallListener listener;
    private final CallOptions options;

    ClientCaller(Invoker invoker, Timeouts timeouts, Executor callbacks, CallListener listener, CallOptions options) {
        this.invoker = invoker;
        this.timeouts = timeouts;
        this.callbacks = callbacks;
        this.listener = listener;
        this.options = options;
    }

    @Override
    public Caller with(UnaryOperator<CallOptions> change) {
        return new ClientCaller(invoker, timeouts, callbacks, listener, change.apply(options));
    }

    @Override
    public Caller cancelledWith(Cancellation cancellation) {
        Invoker tied = call -> {
            cancellation.onCancel(call.cancellation()::cancel);
            return invoker.invoke(call);
        };
        return new ClientCaller(tied, timeouts, callbacks, listener, options);
    }

    @Override
    @SuppressWarnings("unchecked") // Parsed with the method's own parser.
    public <Q extends MessageLite, R extends MessageLite> R unary(MethodContract<Q, R> method, Q request) {
        long startedAt = now();
        RpcCall call = call(method, request);
        if (Transport.onEventLoop()) {
            call.cancellation().end();
            throw CallFailures.of(blockingOnEventLoop(), call, timeout(method));
        }
        Object end = await(call, startedAt, invoker.invoke(call));
        if (end instanceof RpcException failure) {
            throw failure;
        }
        return (R) end;
    }

    private Object await(RpcCall call, long startedAt, CompletableFuture<RpcReply> reply) {
        try {
            // The call ends by itself at its deadline; the limit here is for interceptors that lose it.
            long longest = call.deadline().remainingNanos() + LOST_AFTER_NANOS;
            return end(call, startedAt, reply.get(longest, TimeUnit.NANOSECONDS), null);
        } catch (ExecutionException | CancellationException e) {
            Object end = end(call, startedAt, null, e);
            return end instanceof RpcException failure ? failure.here() : end;
        } catch (TimeoutException e) {
            call.cancellation().cancel();
            return end(call, startedAt, null, lost());
        } catch (InterruptedException e) {
            call.cancellation().cancel();
            Thread.currentThread().interrupt();
            return end(call, startedAt, null, interrupted());
        }
    }

    @Override
    public <Q extends MessageLite, R extends MessageLite> CompletableFuture<R> unaryAsync(
            MethodContract<Q, R> method, Q request) {
        long startedAt = now();
        RpcCall call = call(method, request);
        AsyncReply<R> result = new AsyncReply<>(this, call, startedAt);
        if (invoker instanceof BalancedInvoker last) {
            // With no interceptor between, nobody else has the future, and its end can be told without a further one.
            last.start(call).onEnd(result);
        } else {
            invoker.invoke(call).whenComplete(result);
        }
        return result;
    }

    /** Where the results of asynchronous calls are completed. */
    Executor callbacks() {
        return callbacks;
    }

    /**
     * What the caller is to get of a call that has ended; the listener is told.
     *
     * @return the message, or an {@link RpcException}
     */
    Object end(RpcCall call, long startedAt, @Nullable RpcReply reply, @Nullable Throwable failure) {
        call.cancellation().end();
        MessageLite message = reply == null ? null : reply.messageOrNull();
        if (message != null) {
            tell(call, RpcStatus.OK, startedAt);
            return message;
        }
        Throwable cause = failure == null
                ? new IllegalStateException("an interceptor completed the call without a reply")
                : failure;
        RpcException end = CallFailures.of(cause, call, timeout(call.method()));
        tell(call, end.status(), startedAt);
        return end;
    }

    private long now() {
        return listener == CallListener.NONE ? 0 : System.nanoTime();
    }

    private void tell(RpcCall call, RpcStatus status, long startedAt) {
        if (listener != CallListener.NONE) {
            listener.ended(call.method(), status, System.nanoTime() - startedAt);
        }
    }

    private Duration timeout(RpcMethod method) {
        Duration timeout = options.timeout();
        return timeout != null ? timeouts.checked(timeout, method) : timeouts.of(method);
    }

    private RpcCall call(RpcMethod method, MessageLite request) {
        Objects.requireNonNull(request, () -> method.fullName() + ": the request is null");
        Deadline deadline = Deadline.after(timeout(method));
        CallContext serving = CallContext.current();
        if (serving != null) {
            deadline = deadline.earlier(serving.deadline());
        }
        // Whoever waits for the call being served has given up this one as well when it gives up that.
        Cancellation cancellation =
                serving == null ? new Cancellation() : serving.cancellation().nested();
        RpcCall call = RpcCall.unary(method, request, options.metadata(), deadline, cancellation);
        if (serving != null && serving.attempt() > 0) {
            call = call.withAttempt(serving.attempt());
        }
        call = options.tag() == null ? call : call.withTag(options.tag());
        return options.hashKey() == null ? call : call.withHashKey(options.hashKey());
    }

    private static RpcException blockingOnEventLoop() {
        return RpcException.of(
                        RpcStatus.FAILED_PRECONDITION,
                        "a blocking call on thread " + Thread.currentThread().getName()
                                + ", an event loop, would stop every connection it serves; use the asynchronous interface, or run"
                                + " the service on worker threads")
                .reason(Reason.BLOCKING_ON_EVENT_LOOP)
                .outcome(Outcome.DID_NOT_RUN)
                .build();
    }

    private static RpcException lost() {
        return RpcException.of(
                        RpcStatus.DEADLINE_EXCEEDED,
                        "the call did not end by its deadline; did an interceptor lose it?")
                .outcome(Outcome.MAY_HAVE_RUN)
                .build();
    }

    private static RpcException interrupted() {
        return RpcException.of(RpcStatus.CANCELLED, "the calling thread was interrupted")
                .outcome(Outcome.MAY_HAVE_RUN)
                .build();
    }

    @Override
    public <Q extends MessageLite, R extends MessageLite> RpcStream<R> serverStream(
            MethodContract<Q, R> method, Q request) {
        throw unsupported(method);
    }

    @Override
    public <Q extends MessageLite, R extends MessageLite> R clientStream(
            MethodContract<Q, R> method, RpcStream<? extends Q> requests) {
        throw unsupported(method);
    }

    @Override
    public <Q extends MessageLite, R extends MessageLite> RpcStream<R> bidiStream(
            MethodContract<Q, R> method, RpcStream<? extends Q> requests) {
        throw unsupported(method);
    }

    @Override
    public <Q extends MessageLite, R extends MessageLite> Flow.Publisher<R> serverStreamAsync(
            MethodContract<Q, R> method, Q request) {
        throw unsupported(method);
    }

    @Override
    public <Q extends MessageLite, R extends MessageLite> CompletableFuture<R> clientStreamAsync(
            MethodContract<Q, R> method, Flow.Publisher<? extends Q> requests) {
        return CompletableFuture.failedFuture(unsupported(method));
    }

    @Override
    public <Q extends MessageLite, R extends MessageLite> Flow.Publisher<R> bidiStreamAsync(
            MethodContract<Q, R> method, Flow.Publisher<? extends Q> requests) {
        throw unsupported(method);
    }

    private RpcException unsupported(RpcMethod method) {
        Duration timeout = timeout(method);
        return UnsupportedStreams.failure(method)
                .at(new RpcException.CallSite(method.fullName(), null, 0, Duration.ZERO, timeout));
    }

    @Override
    public String toString() {
        return invoker.toString();
    }
}
