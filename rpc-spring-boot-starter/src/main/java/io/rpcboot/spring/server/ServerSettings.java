package io.rpcboot.spring.server;

import io.rpcboot.server.AdmissionOptions;
import io.rpcboot.server.DrainOptions;
import io.rpcboot.transport.MprpcOptions;
import io.rpcboot.transport.ServerLimits;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a server is built with, besides its services. Immutable.
 *
 * @param application name under which callers see it
 * @param incarnation random number of this process
 * @param version of the services; empty for none
 * @param group of the services; empty for none
 * @param address where to listen; port 0 takes a free one
 * @param workers makes the threads that run the services; asked once per start, since the server closes them
 * @param exposeErrorText whether callers see the message of an exception that no mapper knows
 * @param admission when calls are refused because they wait too long
 * @param drain how the server takes leave of its callers
 * @param limits what callers may claim
 * @param mprpc how callers that speak mprpc are served; null if they are not
 * @param services what is set for single services, by full or short name
 */
public record ServerSettings(
        String application,
        long incarnation,
        String version,
        String group,
        InetSocketAddress address,
        Supplier<ExecutorService> workers,
        boolean exposeErrorText,
        AdmissionOptions admission,
        DrainOptions drain,
        ServerLimits limits,
        @Nullable MprpcOptions mprpc,
        Map<String, ServedSettings> services) {

    public ServerSettings {
        services = Map.copyOf(services);
    }
}
