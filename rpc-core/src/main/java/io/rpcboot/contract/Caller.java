package io.rpcboot.contract;

import com.google.protobuf.MessageLite;
import io.rpcboot.CallOptions;
import io.rpcboot.Cancellation;
import io.rpcboot.RpcStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.UnaryOperator;

/**
 * What generated clients stand on: one method per kind of call and style. Failures are {@code RpcException}s, thrown by the blocking
 * methods and delivered by the others. Safe for use by many threads.
 */
public interface Caller {

    /** Calls and blocks until the reply is there. Interrupting the thread cancels the call and keeps the thread's interrupt flag. */
    <Q extends MessageLite, R extends MessageLite> R unary(MethodContract<Q, R> method, Q request);

    /** Calls and returns at once. Cancelling the returned future (not one that depends on it) cancels the call. */
    <Q extends MessageLite, R extends MessageLite> CompletableFuture<R> unaryAsync(
            MethodContract<Q, R> method, Q request);

    <Q extends MessageLite, R extends MessageLite> RpcStream<R> serverStream(MethodContract<Q, R> method, Q request);

    <Q extends MessageLite, R extends MessageLite> R clientStream(
            MethodContract<Q, R> method, RpcStream<? extends Q> requests);

    <Q extends MessageLite, R extends MessageLite> RpcStream<R> bidiStream(
            MethodContract<Q, R> method, RpcStream<? extends Q> requests);

    <Q extends MessageLite, R extends MessageLite> Flow.Publisher<R> serverStreamAsync(
            MethodContract<Q, R> method, Q request);

    <Q extends MessageLite, R extends MessageLite> CompletableFuture<R> clientStreamAsync(
            MethodContract<Q, R> method, Flow.Publisher<? extends Q> requests);

    <Q extends MessageLite, R extends MessageLite> Flow.Publisher<R> bidiStreamAsync(
            MethodContract<Q, R> method, Flow.Publisher<? extends Q> requests);

    /** A caller whose calls carry these options; the operator receives the present ones. */
    Caller with(UnaryOperator<CallOptions> change);

    /** A caller whose calls are cancelled when this is, those made later at once. For one call or a few: it remembers each. */
    Caller cancelledWith(Cancellation cancellation);
}
