package io.rpcboot.spring.client;

import io.rpcboot.client.ReferenceOptions;
import io.rpcboot.client.RpcClient;
import io.rpcboot.contract.ServiceContract;
import io.rpcboot.spring.RpcClientFactory;
import java.util.function.Supplier;

/** Gives out clients, and sees to it that the configuration of their services is sound. Safe for use by many threads. */
public final class ConfiguredClients implements RpcClientFactory {

    private final Supplier<RpcClient> clients;
    private final ConfiguredServices services;
    private final EndpointCheck check;

    /**
     * @param clients asked when a client is given out, so that an application that calls nobody opens nothing
     */
    public ConfiguredClients(Supplier<RpcClient> clients, ConfiguredServices services, EndpointCheck check) {
        this.clients = clients;
        this.services = services;
        this.check = check;
    }

    @Override
    public <T> T client(Class<T> generatedInterface) {
        return client(generatedInterface, ReferenceOptions.NONE, false);
    }

    /**
     * A client of the service.
     *
     * @param mustHaveEndpoint whether the start fails while no endpoint is known
     * @throws UnknownMethodException if a method is configured that the service does not have
     */
    <T> T client(Class<T> generatedInterface, ReferenceOptions options, boolean mustHaveEndpoint) {
        ServiceContract.of(generatedInterface).ifPresent(services::learn);
        T client = clients.get().client(generatedInterface, options);
        ServiceContract.of(generatedInterface)
                .map(ServiceContract::name)
                .filter(service -> mustHaveEndpoint || services.mustHaveEndpoint(service))
                .ifPresent(check::require);
        return client;
    }
}
