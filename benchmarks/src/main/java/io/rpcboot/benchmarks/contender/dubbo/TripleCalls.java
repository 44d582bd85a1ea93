package io.rpcboot.benchmarks.contender.dubbo;

import io.rpcboot.demo.proto.EchoRequest;
import io.rpcboot.demo.proto.EchoResponse;
import io.rpcboot.demo.proto.LoginRequest;
import io.rpcboot.demo.proto.LoginResponse;
import java.util.concurrent.CompletableFuture;

/** The contract as Triple has it: messages go as protobuf. */
public interface TripleCalls {

    LoginResponse login(LoginRequest request);

    EchoResponse echo(EchoRequest request);

    /** As {@link #login}, without waiting. */
    CompletableFuture<LoginResponse> loginAsync(LoginRequest request);

    /** As {@link #echo}, without waiting. */
    CompletableFuture<EchoResponse> echoAsync(EchoRequest request);
}
