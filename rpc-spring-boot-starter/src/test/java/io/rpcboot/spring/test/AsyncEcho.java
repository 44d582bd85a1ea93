package io.rpcboot.spring.test;

import io.rpcboot.demo.proto.CountRequest;
import io.rpcboot.demo.proto.CountResponse;
import io.rpcboot.demo.proto.EchoRequest;
import io.rpcboot.demo.proto.EchoResponse;
import io.rpcboot.demo.proto.EchoServiceAsync;
import io.rpcboot.spring.RpcService;
import java.util.concurrent.CompletableFuture;

/** Implements the asynchronous interface. */
@RpcService
public class AsyncEcho implements EchoServiceAsync {

    @Override
    public CompletableFuture<EchoResponse> echo(EchoRequest request) {
        return CompletableFuture.completedFuture(EchoResponse.newBuilder()
                .setPayload(request.getPayload())
                .setServedBy("async")
                .build());
    }

    @Override
    public CompletableFuture<CountResponse> count(CountRequest request) {
        return new CompletableFuture<>();
    }
}
