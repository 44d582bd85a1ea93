package io.rpcboot.benchmarks.contender.dubbo;

import io.rpcboot.benchmarks.contender.Messages;
import io.rpcboot.demo.proto.EchoRequest;
import io.rpcboot.demo.proto.EchoResponse;
import io.rpcboot.demo.proto.LoginRequest;
import io.rpcboot.demo.proto.LoginResponse;
import java.util.concurrent.CompletableFuture;

/** Answers at once. */
final class TripleService implements TripleCalls {

    @Override
    public LoginResponse login(LoginRequest request) {
        return Messages.login(request);
    }

    @Override
    public EchoResponse echo(EchoRequest request) {
        return Messages.echo(request);
    }

    @Override
    public CompletableFuture<LoginResponse> loginAsync(LoginRequest request) {
        return CompletableFuture.completedFuture(login(request));
    }

    @Override
    public CompletableFuture<EchoResponse> echoAsync(EchoRequest request) {
        return CompletableFuture.completedFuture(echo(request));
    }
}
