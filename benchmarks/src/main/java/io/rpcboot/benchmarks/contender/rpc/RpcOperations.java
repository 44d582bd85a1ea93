package io.rpcboot.benchmarks.contender.rpc;

import com.google.protobuf.ByteString;
import io.rpcboot.benchmarks.contender.Client;
import io.rpcboot.benchmarks.contender.FutureOperation;
import io.rpcboot.benchmarks.contender.Messages;
import io.rpcboot.benchmarks.contender.Operation;
import io.rpcboot.client.RpcClient;
import io.rpcboot.demo.proto.EchoService;
import io.rpcboot.demo.proto.EchoServiceAsync;
import io.rpcboot.demo.proto.UserService;
import io.rpcboot.demo.proto.UserServiceAsync;

/** Calls by the generated clients. */
record RpcOperations(
        UserService users,
        UserServiceAsync usersAsync,
        EchoService echoes,
        EchoServiceAsync echoesAsync,
        AutoCloseable resources)
        implements Client {

    /** Of both services; closing them closes these resources, too. */
    static RpcOperations of(RpcClient client, AutoCloseable resources) {
        return new RpcOperations(
                client.client(UserService.class),
                client.client(UserServiceAsync.class),
                client.client(EchoService.class),
                client.client(EchoServiceAsync.class),
                () -> {
                    client.close();
                    resources.close();
                });
    }

    @Override
    public Operation login() {
        return new FutureOperation<>(
                () -> users.login(Messages.loginRequest()),
                () -> usersAsync.login(Messages.loginRequest()),
                Messages::check);
    }

    @Override
    public Operation echo(int payloadBytes) {
        ByteString payload = Messages.payload(payloadBytes);
        return new FutureOperation<>(
                () -> echoes.echo(Messages.echoRequest(payload)),
                () -> echoesAsync.echo(Messages.echoRequest(payload)),
                reply -> Messages.check(reply, payload));
    }

    @Override
    public void close() throws Exception {
        resources.close();
    }
}
