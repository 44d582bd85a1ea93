package io.rpcboot.benchmarks.contender.dubbo;

import com.google.protobuf.InvalidProtocolBufferException;
import io.rpcboot.benchmarks.contender.Messages;
import io.rpcboot.demo.proto.EchoRequest;
import io.rpcboot.demo.proto.LoginRequest;
import java.util.concurrent.CompletableFuture;

/** Answers at once. */
final class TcpService implements TcpCalls {

    @Override
    public byte[] login(byte[] request) {
        try {
            return Messages.login(LoginRequest.parseFrom(request)).toByteArray();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public byte[] echo(byte[] request) {
        try {
            return Messages.echo(EchoRequest.parseFrom(request)).toByteArray();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public CompletableFuture<byte[]> loginAsync(byte[] request) {
        return CompletableFuture.completedFuture(login(request));
    }

    @Override
    public CompletableFuture<byte[]> echoAsync(byte[] request) {
        return CompletableFuture.completedFuture(echo(request));
    }
}
