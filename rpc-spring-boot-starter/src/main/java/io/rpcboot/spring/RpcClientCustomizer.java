package io.rpcboot.spring;

import io.rpcboot.client.RpcClient;

/** A bean of this type changes the client before it is built; several do so in their order. */
@FunctionalInterface
public interface RpcClientCustomizer {

    void customize(RpcClient.Builder client);
}
