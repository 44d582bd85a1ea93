package io.rpcboot.benchmarks.contender.grpc;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import io.rpcboot.benchmarks.contender.Client;
import io.rpcboot.benchmarks.contender.Contender;
import io.rpcboot.benchmarks.contender.Messages;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** gRPC-Java with its own Netty; by default its services and callbacks run on an executor of its own. */
public final class GrpcContender implements Contender {

    private final boolean direct;

    private GrpcContender(boolean direct) {
        this.direct = direct;
    }

    public static GrpcContender withDefaults() {
        return new GrpcContender(false);
    }

    /** Services and callbacks on the event loops. */
    public static GrpcContender direct() {
        return new GrpcContender(true);
    }

    @Override
    public AutoCloseable serve(int port) throws IOException {
        ServerBuilder<?> builder = Grpc.newServerBuilderForPort(port, InsecureServerCredentials.create());
        if (direct) {
            builder.directExecutor();
        }
        Server server = builder.addService(ServerServiceDefinition.builder("demo.UserService")
                        .addMethod(GrpcMethods.LOGIN, ServerCalls.asyncUnaryCall((request, observer) -> {
                            observer.onNext(Messages.login(request));
                            observer.onCompleted();
                        }))
                        .build())
                .addService(ServerServiceDefinition.builder("demo.EchoService")
                        .addMethod(GrpcMethods.ECHO, ServerCalls.asyncUnaryCall((request, observer) -> {
                            observer.onNext(Messages.echo(request));
                            observer.onCompleted();
                        }))
                        .build())
                .build()
                .start();
        return () -> server.shutdown().awaitTermination(10, TimeUnit.SECONDS);
    }

    @Override
    public Client connect(int port) {
        ManagedChannelBuilder<?> builder =
                Grpc.newChannelBuilder("127.0.0.1:" + port, InsecureChannelCredentials.create());
        if (direct) {
            builder.directExecutor();
        }
        ManagedChannel channel = builder.build();
        return new GrpcClient(channel);
    }
}
