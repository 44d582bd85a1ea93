package io.rpcboot.spring;

import io.rpcboot.server.RpcServer;

/** A bean of this type changes the server before it is built; several do so in their order. */
@FunctionalInterface
public interface RpcServerCustomizer {

    void customize(RpcServer.Builder server);
}
