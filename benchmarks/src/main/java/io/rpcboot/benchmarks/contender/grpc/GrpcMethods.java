package io.rpcboot.benchmarks.contender.grpc;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoUtils;
import io.rpcboot.demo.proto.EchoRequest;
import io.rpcboot.demo.proto.EchoResponse;
import io.rpcboot.demo.proto.LoginRequest;
import io.rpcboot.demo.proto.LoginResponse;

/** What gRPC's generator would make of the contracts; by hand, since the generator is a native program. */
final class GrpcMethods {

    static final MethodDescriptor<LoginRequest, LoginResponse> LOGIN =
            unary("demo.UserService", "Login", LoginRequest.getDefaultInstance(), LoginResponse.getDefaultInstance());

    static final MethodDescriptor<EchoRequest, EchoResponse> ECHO =
            unary("demo.EchoService", "Echo", EchoRequest.getDefaultInstance(), EchoResponse.getDefaultInstance());

    private GrpcMethods() {}

    private static <Q extends Message, R extends Message> MethodDescriptor<Q, R> unary(
            String service, String method, Q request, R reply) {
        return MethodDescriptor.<Q, R>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(service, method))
                .setSampledToLocalTracing(true)
                .setRequestMarshaller(ProtoUtils.marshaller(request))
                .setResponseMarshaller(ProtoUtils.marshaller(reply))
                .build();
    }
}
