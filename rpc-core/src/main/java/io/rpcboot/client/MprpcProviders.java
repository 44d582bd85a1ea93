package io.rpcboot.client;

import io.rpcboot.Endpoint;
import io.rpcboot.naming.EndpointResolver;
import java.util.List;
import java.util.function.Consumer;

/** The providers of one service in a registry that knows it by another name. */
record MprpcProviders(EndpointResolver registry, String name) implements EndpointResolver {

    @Override
    public Watch watch(String service, Consumer<List<Endpoint>> onChange) {
        return registry.watch(name, onChange);
    }

    @Override
    public String toString() {
        return registry + ", where it is " + name;
    }
}
