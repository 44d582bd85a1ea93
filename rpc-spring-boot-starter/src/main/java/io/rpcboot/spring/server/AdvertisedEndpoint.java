package io.rpcboot.spring.server;

import io.rpcboot.Endpoint;
import io.rpcboot.EndpointAttributes;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The address that callers are told to use. Immutable.
 *
 * @param host finds the host; asked when the server is announced
 * @param port the port; null for the one that the server has bound
 * @param attributes what callers are told besides
 */
public record AdvertisedEndpoint(
        Supplier<String> host, @Nullable Integer port, EndpointAttributes attributes) implements IntFunction<Endpoint> {

    @Override
    public Endpoint apply(int boundPort) {
        return new Endpoint(host.get(), port == null ? boundPort : port, attributes);
    }
}
