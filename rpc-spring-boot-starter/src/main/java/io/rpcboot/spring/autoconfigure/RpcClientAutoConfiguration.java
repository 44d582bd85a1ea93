package io.rpcboot.spring.autoconfigure;

import io.rpcboot.balance.ConsistentHash;
import io.rpcboot.balance.LeastLoaded;
import io.rpcboot.balance.LoadBalancer;
import io.rpcboot.balance.PeakEwma;
import io.rpcboot.balance.RoundRobin;
import io.rpcboot.client.RpcClient;
import io.rpcboot.client.ServiceOptions;
import io.rpcboot.naming.EndpointResolver;
import io.rpcboot.spring.RpcClientCallListener;
import io.rpcboot.spring.RpcClientCustomizer;
import io.rpcboot.spring.RpcClientInterceptor;
import io.rpcboot.spring.autoconfigure.RpcProperties.LoadBalancing;
import io.rpcboot.spring.client.ConfiguredClients;
import io.rpcboot.spring.client.ConfiguredServices;
import io.rpcboot.spring.client.EndpointCheck;
import io.rpcboot.spring.client.ServiceSettings;
import io.rpcboot.spring.client.UnusedSettings;
import io.rpcboot.transport.Transport;
import io.rpcboot.transport.WorkerThreads;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** The clients that {@code @RpcReference} injects. Nothing is opened before a client is asked for. */
@AutoConfiguration(after = {RpcAutoConfiguration.class, RpcZookeeperAutoConfiguration.class})
@ConditionalOnBooleanProperty(name = "rpc.client.enabled", matchIfMissing = true)
public final class RpcClientAutoConfiguration {

    @Lazy
    @Bean(defaultCandidate = false)
    @ConditionalOnMissingBean(Transport.class)
    Transport rpcClientTransport(RpcProperties properties) {
        return Transports.of(properties.transport(), properties.client());
    }

    @Lazy
    @Bean(defaultCandidate = false, destroyMethod = "shutdown")
    ExecutorService rpcCallbackExecutor(RpcProperties properties) {
        return WorkerThreads.platform(properties.client().callbackThreads(), "rpc-callback");
    }

    @Lazy
    @Bean
    @ConditionalOnMissingBean
    RpcClient rpcClient(
            ObjectProvider<Transport> shared,
            @Qualifier("rpcClientTransport") ObjectProvider<Transport> own,
            @Qualifier("rpcCallbackExecutor") ExecutorService callbacks,
            RpcProperties properties,
            ApplicationIdentity identity,
            ConfiguredServices services,
            ObjectProvider<EndpointResolver> resolver,
            @Qualifier("rpcMprpcResolver") ObjectProvider<EndpointResolver> mprpcResolver,
            ObjectProvider<RpcClientCallListener> listeners,
            ObjectProvider<RpcClientCustomizer> customizers) {
        RpcClient.Builder client = RpcClient.builder(shared.getIfUnique(own::getObject))
                .application(identity.name())
                .incarnation(identity.incarnation())
                .zone(zone(properties))
                .callbackExecutor(callbacks)
                .services(services::options);
        new ClientTuning(properties.client()).applyTo(client);
        resolver.ifAvailable(client::resolver);
        mprpcResolver.ifAvailable(client::mprpcResolver);
        listeners.orderedStream().forEach(client::callListener);
        customizers.orderedStream().forEach(customizer -> customizer.customize(client));
        return client.build();
    }

    @Bean
    ConfiguredServices rpcConfiguredServices(
            RpcProperties properties, ObjectProvider<RpcClientInterceptor> interceptors) {
        List<ServiceSettings> settings = properties.client().services().entrySet().stream()
                .map(entry -> settings(entry.getKey(), entry.getValue()))
                .toList();
        return new ConfiguredServices(settings, interceptors.orderedStream().toList());
    }

    @Bean
    ConfiguredClients rpcConfiguredClients(
            ObjectProvider<RpcClient> client, ConfiguredServices services, EndpointCheck check) {
        return new ConfiguredClients(client::getObject, services, check);
    }

    @Bean
    EndpointCheck rpcEndpointCheck(ObjectProvider<RpcClient> client, RpcProperties properties) {
        return new EndpointCheck(client::getObject, properties.registry().initialTimeout());
    }

    @Bean
    UnusedSettings rpcUnusedSettings(ConfiguredServices services) {
        return new UnusedSettings(services);
    }

    private static ServiceSettings settings(String key, RpcProperties.Service service) {
        ServiceOptions.Builder options = ServiceOptions.builder()
                .timeout(service.timeout())
                .retries(service.retries())
                .hashKey(ClientTuning.hashKey(service.hashKey()))
                .addresses(service.addresses())
                .loadBalancer(balancer(service))
                .version(service.version())
                .group(service.group())
                .tag(service.tag())
                .mprpc(ClientTuning.mprpc(service));
        service.methods().forEach((name, method) -> options.method(name, ClientTuning.options(method)));
        return new ServiceSettings(key, options.build(), service.application(), service.check());
    }

    private static String zone(RpcProperties properties) {
        String own = properties.client().zone();
        return own == null ? properties.server().zone() : own;
    }

    private static @Nullable Supplier<LoadBalancer> balancer(RpcProperties.Service service) {
        return service.loadBalancer() == null ? null : balancer(service.loadBalancer());
    }

    static Supplier<LoadBalancer> balancer(LoadBalancing kind) {
        return switch (kind) {
            case PEAK_EWMA -> PeakEwma::new;
            case LEAST_LOADED -> LeastLoaded::new;
            case ROUND_ROBIN -> RoundRobin::new;
            case CONSISTENT_HASH -> ConsistentHash::new;
        };
    }
}
