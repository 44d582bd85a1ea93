package io.rpcboot.contract;

import com.google.protobuf.MessageLite;
import io.rpcboot.Invoker;
import io.rpcboot.Outcome;
import io.rpcboot.Reason;
import io.rpcboot.RpcException;
import io.rpcboot.RpcMethod;
import io.rpcboot.RpcReply;
import io.rpcboot.RpcStatus;
import io.rpcboot.RpcStream;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A contract and the implementation that answers it: for each method the {@link Invoker} that runs user code. Immutable. */
public final class ServiceBinding {

    private final ServiceContract<?, ?> contract;
    private final Map<RpcMethod, Invoker> invokers;
    private final Map<RpcMethod, UnaryOperator<MessageLite>> handlers;

    private ServiceBinding(Builder builder) {
        this.contract = builder.contract;
        this.invokers = Map.copyOf(builder.invokers);
        this.handlers = Map.copyOf(builder.handlers);
        for (MethodContract<?, ?> method : contract.methods()) {
            if (!invokers.containsKey(method)) {
                throw new IllegalStateException("no handler is bound for " + method.fullName());
            }
        }
    }

    public static Builder of(ServiceContract<?, ?> contract) {
        return new Builder(contract);
    }

    public ServiceContract<?, ?> contract() {
        return contract;
    }

    /**
     * The invoker that runs user code for the method. Its future fails with whatever user code threw.
     *
     * @throws IllegalArgumentException if the method is not one of this contract
     */
    public Invoker invoker(RpcMethod method) {
        Invoker invoker = invokers.get(method);
        if (invoker == null) {
            throw new IllegalArgumentException(method.fullName() + " is not a method of " + contract.name());
        }
        return invoker;
    }

    /**
     * The method itself, where it is a blocking one that takes and returns one message: what {@link #invoker} runs. Throws whatever user code
     * throws. Null for other methods.
     */
    public @Nullable UnaryOperator<MessageLite> handler(RpcMethod method) {
        return handlers.get(method);
    }

    /** Used by generated code: binds each method of the contract to its handler. */
    public static final class Builder {

        private final ServiceContract<?, ?> contract;
        private final Map<RpcMethod, Invoker> invokers = new HashMap<>();
        private final Map<RpcMethod, UnaryOperator<MessageLite>> handlers = new HashMap<>();

        private Builder(ServiceContract<?, ?> contract) {
            this.contract = contract;
        }

        public <Q extends MessageLite, R extends MessageLite> Builder unary(
                MethodContract<Q, R> method, Function<Q, R> handler) {
            UnaryOperator<MessageLite> required = request -> required(method, handler.apply(request(request)));
            handlers.put(method, required);
            return bind(method, call -> {
                try {
                    return CompletableFuture.completedFuture(RpcReply.of(required.apply(call.request())));
                } catch (Throwable e) {
                    return CompletableFuture.failedFuture(e);
                }
            });
        }

        public <Q extends MessageLite, R extends MessageLite> Builder unaryAsync(
                MethodContract<Q, R> method, Function<Q, CompletableFuture<R>> handler) {
            return bind(method, call -> {
                try {
                    CompletableFuture<R> future = handler.apply(request(call.request()));
                    if (future == null) {
                        throw noReply(method);
                    }
                    return future.thenApply(message -> RpcReply.of(required(method, message)));
                } catch (Throwable e) {
                    return CompletableFuture.failedFuture(e);
                }
            });
        }

        public <Q extends MessageLite, R extends MessageLite> Builder serverStream(
                MethodContract<Q, R> method, Function<Q, RpcStream<R>> handler) {
            return streams(method);
        }

        public <Q extends MessageLite, R extends MessageLite> Builder serverStreamAsync(
                MethodContract<Q, R> method, Function<Q, Flow.Publisher<R>> handler) {
            return streams(method);
        }

        public <Q extends MessageLite, R extends MessageLite> Builder clientStream(
                MethodContract<Q, R> method, Function<RpcStream<Q>, R> handler) {
            return streams(method);
        }

        public <Q extends MessageLite, R extends MessageLite> Builder clientStreamAsync(
                MethodContract<Q, R> method, Function<Flow.Publisher<Q>, CompletableFuture<R>> handler) {
            return streams(method);
        }

        public <Q extends MessageLite, R extends MessageLite> Builder bidiStream(
                MethodContract<Q, R> method, Function<RpcStream<Q>, RpcStream<R>> handler) {
            return streams(method);
        }

        public <Q extends MessageLite, R extends MessageLite> Builder bidiStreamAsync(
                MethodContract<Q, R> method, Function<Flow.Publisher<Q>, Flow.Publisher<R>> handler) {
            return streams(method);
        }

        public ServiceBinding build() {
            return new ServiceBinding(this);
        }

        Builder bind(RpcMethod method, Invoker invoker) {
            if (invokers.put(method, invoker) != null) {
                throw new IllegalStateException(method.fullName() + " is bound twice");
            }
            return this;
        }

        private Builder streams(RpcMethod method) {
            RpcException unsupported = UnsupportedStreams.failure(method);
            return bind(method, call -> CompletableFuture.failedFuture(unsupported));
        }

        @SuppressWarnings("unchecked") // The dispatcher parsed it with this method's parser.
        private static <Q extends MessageLite> Q request(MessageLite message) {
            return (Q) message;
        }

        private static MessageLite required(RpcMethod method, MessageLite reply) {
            if (reply == null) {
                throw noReply(method);
            }
            return reply;
        }

        static RpcException noReply(RpcMethod method) {
            return RpcException.of(
                            RpcStatus.INTERNAL,
                            "the implementation of " + method.fullName() + " returned null, not a reply")
                    .reason(Reason.APPLICATION)
                    .outcome(Outcome.RAN)
                    .build();
        }
    }
}
