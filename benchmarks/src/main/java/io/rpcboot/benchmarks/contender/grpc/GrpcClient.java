package io.rpcboot.benchmarks.contender.grpc;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.rpcboot.benchmarks.contender.Client;
import io.rpcboot.benchmarks.contender.Completion;
import io.rpcboot.benchmarks.contender.Messages;
import io.rpcboot.benchmarks.contender.Operation;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls as gRPC's generated stubs make them. */
record GrpcClient(ManagedChannel channel) implements Client {

    @Override
    public Operation login() {
        return new Unary<>(channel, GrpcMethods.LOGIN, Messages::loginRequest, Messages::check);
    }

    @Override
    public Operation echo(int payloadBytes) {
        ByteString payload = Messages.payload(payloadBytes);
        return new Unary<>(
                channel,
                GrpcMethods.ECHO,
                () -> Messages.echoRequest(payload),
                reply -> Messages.check(reply, payload));
    }

    @Override
    public void close() throws InterruptedException {
        channel.shutdown().awaitTermination(10, TimeUnit.SECONDS);
    }

    private record Unary<Q, R>(
            ManagedChannel channel, MethodDescriptor<Q, R> method, Supplier<Q> request, Consumer<R> check)
            implements Operation {

        @Override
        public void call() {
            check.accept(ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT, request.get()));
        }

        @Override
        public void call(Completion completion) {
            ClientCalls.asyncUnaryCall(
                    channel.newCall(method, CallOptions.DEFAULT), request.get(), new Reply<>(check, completion));
        }
    }

    private static final class Reply<R> implements StreamObserver<R> {
        private final Consumer<R> check;
        private final Completion completion;
        private @Nullable Throwable problem;

        Reply(Consumer<R> check, Completion completion) {
            this.check = check;
            this.completion = completion;
        }

        @Override
        public void onNext(R reply) {
            try {
                check.accept(reply);
            } catch (RuntimeException e) {
                problem = e;
            }
        }

        @Override
        public void onError(Throwable failure) {
            completion.done(failure);
        }

        @Override
        public void onCompleted() {
            completion.done(problem);
        }
    }
}
