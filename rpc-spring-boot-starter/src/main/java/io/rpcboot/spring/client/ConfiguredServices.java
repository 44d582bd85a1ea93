package io.rpcboot.spring.client;

import io.rpcboot.client.MethodOptions;
import io.rpcboot.client.ServiceOptions;
import io.rpcboot.contract.MethodContract;
import io.rpcboot.contract.ServiceContract;
import io.rpcboot.spring.RpcClientInterceptor;
import io.rpcboot.transport.MprpcService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds what is configured for the services that the application calls. Safe for use by many threads. */
public final class ConfiguredServices {

    private final List<ServiceSettings> settings;
    private final List<RpcClientInterceptor> interceptors;
    private final Map<String, ServiceOptions> learned = new ConcurrentHashMap<>();

    /**
     * @param settings of the services that have any
     * @param interceptors for the services they apply to, the first one outermost
     */
    public ConfiguredServices(List<ServiceSettings> settings, List<RpcClientInterceptor> interceptors) {
        this.settings = List.copyOf(settings);
        this.interceptors = List.copyOf(interceptors);
    }

    /** How the service is called. */
    public ServiceOptions options(String service) {
        ServiceOptions known = learned.get(service);
        return known != null
                ? known
                : options(service, find(service).map(ServiceSettings::options).orElse(ServiceOptions.NONE));
    }

    /** The application that offers the service, where that is configured. */
    public Optional<String> applicationOf(String service) {
        return find(service).map(ServiceSettings::application);
    }

    /** Keys under which something is configured although no service of that name has been asked for. */
    public List<String> unusedKeys() {
        return settings.stream()
                .filter(one -> learned.keySet().stream().noneMatch(one::names))
                .map(ServiceSettings::key)
                .toList();
    }

    /**
     * Takes the service's methods from its contract.
     *
     * @throws UnknownMethodException if a method is configured that the service does not have
     */
    void learn(ServiceContract<?, ?> contract) {
        learned.computeIfAbsent(
                contract.name(),
                service -> options(
                        service,
                        find(service).map(one -> spelled(one, contract)).orElse(ServiceOptions.NONE)));
    }

    boolean mustHaveEndpoint(String service) {
        return find(service).map(ServiceSettings::check).orElse(false);
    }

    private ServiceOptions options(String service, ServiceOptions configured) {
        ServiceOptions.Builder options = configured.toBuilder();
        interceptors.stream().filter(one -> one.appliesTo(service)).forEach(options::interceptor);
        return options.build();
    }

    /** What is configured for the service, preferring its exact full name over what merely matches. */
    private Optional<ServiceSettings> find(String service) {
        return settings.stream()
                .filter(one -> one.key().equals(service))
                .findFirst()
                .or(() -> settings.stream().filter(one -> one.names(service)).findFirst());
    }

    /** The options with the names of methods as the contract spells them. */
    private static ServiceOptions spelled(ServiceSettings one, ServiceContract<?, ?> contract) {
        Map<String, MethodOptions> methods = new HashMap<>();
        one.options().methods().forEach((name, options) -> methods.put(methodName(name, one, contract), options));
        return one.options().toBuilder()
                .methods(methods)
                .mprpc(spelled(one.options().mprpc(), one, contract))
                .build();
    }

    private static @Nullable MprpcService spelled(
            @Nullable MprpcService mprpc, ServiceSettings one, ServiceContract<?, ?> contract) {
        return mprpc == null
                ? null
                : mprpc.withEmptyReplies(mprpc.emptyReplies().stream()
                        .map(name -> methodName(name, one, contract))
                        .collect(Collectors.toSet()));
    }

    /** The method's name as the contract spells it; environment variables know no case. */
    private static String methodName(String name, ServiceSettings one, ServiceContract<?, ?> contract) {
        return contract.methods().stream()
                .map(MethodContract::name)
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> new UnknownMethodException(one.key(), name, contract));
    }
}
