package io.rpcboot.contracts;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.rpcboot.CallOptions;
import io.rpcboot.Cancellation;
import io.rpcboot.RpcStream;
import io.rpcboot.contract.Caller;
import io.rpcboot.contract.MethodContract;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.UnaryOperator;

/** Notes each call and answers it with an empty reply. */
final class RecordingCaller implements Caller {

    /** One call as the generated client made it. */
    record Call(String verb, MethodContract<?, ?> method, Object argument, CallOptions options) {}

    private final List<Call> calls;
    private final CallOptions options;

    RecordingCaller() {
        this(new ArrayList<>(), CallOptions.NONE);
    }

    private RecordingCaller(List<Call> calls, CallOptions options) {
        this.calls = calls;
        this.options = options;
    }

    Call last() {
        return calls.get(calls.size() - 1);
    }

    @Override
    public <Q extends MessageLite, R extends MessageLite> R unary(MethodContract<Q, R> method, Q request) {
        return note("unary", method, request);
    }

    @Override
    public <Q extends MessageLite, R extends MessageLite> CompletableFuture<R> unaryAsync(
            MethodContract<Q, R> method, Q request) {
        return CompletableFuture.completedFuture(note("unaryAsync", method, request));
    }

    @Override
    public <Q extends MessageLite, R extends MessageLite> RpcStream<R> serverStream(
            MethodContract<Q, R> method, Q request) {
        return RpcStream.of(List.of(note("serverStream", method, request)));
    }

    @Override
    public <Q extends MessageLite, R extends MessageLite> R clientStream(
            MethodContract<Q, R> method, RpcStream<? extends Q> requests) {
        return note("clientStream", method, requests);
    }

    @Override
    public <Q extends MessageLite, R extends MessageLite> RpcStream<R> bidiStream(
            MethodContract<Q, R> method, RpcStream<? extends Q> requests) {
        return RpcStream.of(List.of(note("bidiStream", method, requests)));
    }

    @Override
    public <Q extends MessageLite, R extends MessageLite> Flow.Publisher<R> serverStreamAsync(
            MethodContract<Q, R> method, Q request) {
        R reply = note("serverStreamAsync", method, request);
        return subscriber -> subscriber.onNext(reply);
    }

    @Override
    public <Q extends MessageLite, R extends MessageLite> CompletableFuture<R> clientStreamAsync(
            MethodContract<Q, R> method, Flow.Publisher<? extends Q> requests) {
        return CompletableFuture.completedFuture(note("clientStreamAsync", method, requests));
    }

    @Override
    public <Q extends MessageLite, R extends MessageLite> Flow.Publisher<R> bidiStreamAsync(
            MethodContract<Q, R> method, Flow.Publisher<? extends Q> requests) {
        R reply = note("bidiStreamAsync", method, requests);
        return subscriber -> subscriber.onNext(reply);
    }

    @Override
    public Caller with(UnaryOperator<CallOptions> change) {
        return new RecordingCaller(calls, change.apply(options));
    }

    @Override
    public Caller cancelledWith(Cancellation cancellation) {
        return this;
    }

    @Override
    public String toString() {
        return "a recording caller";
    }

    private <R extends MessageLite> R note(String verb, MethodContract<?, R> method, Object argument) {
        calls.add(new Call(verb, method, argument, options));
        try {
            return method.replyParser().parsePartialFrom(new byte[0]);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("no bytes are an empty message", e);
        }
    }
}
