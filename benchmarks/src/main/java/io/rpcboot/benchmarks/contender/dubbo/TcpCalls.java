package io.rpcboot.benchmarks.contender.dubbo;

import java.util.concurrent.CompletableFuture;

/** The contract as Dubbo's own protocol has it: its serializations do not know protobuf 4, so messages go as bytes. */
public interface TcpCalls {

    byte[] login(byte[] request);

    byte[] echo(byte[] request);

    /** As {@link #login}, without waiting. */
    CompletableFuture<byte[]> loginAsync(byte[] request);

    /** As {@link #echo}, without waiting. */
    CompletableFuture<byte[]> echoAsync(byte[] request);
}
