package io.rpcboot.spring;

/**
 * Gives out clients of remote services as this application configures them: what {@link RpcReference} and {@link ImportRpcClients} stand on.
 * A bean, for code that knows the service at run time only. Safe for use by many threads.
 */
@FunctionalInterface
public interface RpcClientFactory {

    /**
     * A client of the service.
     *
     * @param generatedInterface the blocking or the asynchronous interface
     * @throws IllegalArgumentException if the type was not generated from a {@code .proto}
     */
    <T> T client(Class<T> generatedInterface);
}
