package io.rpcboot.spring.autoconfigure;

import io.rpcboot.CallGate;
import io.rpcboot.EndpointAttributes;
import io.rpcboot.EndpointStatus;
import io.rpcboot.naming.EndpointAnnouncer;
import io.rpcboot.server.AdmissionOptions;
import io.rpcboot.server.DrainOptions;
import io.rpcboot.server.ExceptionMapper;
import io.rpcboot.spring.RpcServerCallListener;
import io.rpcboot.spring.RpcServerCustomizer;
import io.rpcboot.spring.RpcServerInterceptor;
import io.rpcboot.spring.RpcService;
import io.rpcboot.spring.server.AdvertisedEndpoint;
import io.rpcboot.spring.server.LocalPort;
import io.rpcboot.spring.server.ReadinessOnClose;
import io.rpcboot.spring.server.RpcServerFactory;
import io.rpcboot.spring.server.RpcServerLifecycle;
import io.rpcboot.spring.server.ServedSettings;
import io.rpcboot.spring.server.ServerAnnouncement;
import io.rpcboot.spring.server.ServerExtensions;
import io.rpcboot.spring.server.ServerSettings;
import io.rpcboot.transport.AbuseLimits;
import io.rpcboot.transport.ConnectionLimits;
import io.rpcboot.transport.MprpcOptions;
import io.rpcboot.transport.ServerLimits;
import io.rpcboot.transport.ServerTimeouts;
import io.rpcboot.transport.Transport;
import io.rpcboot.transport.WorkerThreads;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.thread.Threading;
import org.springframework.cloud.commons.util.InetUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.util.unit.DataSize;

/** The server, where there is something to serve. */
@AutoConfiguration(
        afterName = "org.springframework.cloud.commons.util.UtilAutoConfiguration",
        after = {RpcAutoConfiguration.class, RpcZookeeperAutoConfiguration.class})
@ConditionalOnBean(annotation = RpcService.class)
@ConditionalOnBooleanProperty(name = "rpc.server.enabled", matchIfMissing = true)
public final class RpcServerAutoConfiguration {

    @Bean(defaultCandidate = false)
    @ConditionalOnMissingBean(Transport.class)
    Transport rpcServerTransport(RpcProperties properties) {
        return Transports.of(properties.transport(), properties.server());
    }

    @Bean
    RpcServerFactory rpcServerFactory(
            ObjectProvider<Transport> shared,
            @Qualifier("rpcServerTransport") ObjectProvider<Transport> own,
            ServerSettings settings,
            ServerExtensions extensions,
            ConfigurableListableBeanFactory beans) {
        return new RpcServerFactory(shared.getIfUnique(own::getObject), settings, extensions, beans);
    }

    @Bean
    ServerSettings rpcServerSettings(
            RpcProperties properties, ApplicationIdentity identity, ConfigurableEnvironment environment) {
        RpcProperties.Server server = properties.server();
        InetSocketAddress address = server.address() == null
                ? new InetSocketAddress(server.port())
                : new InetSocketAddress(server.address(), server.port());
        return new ServerSettings(
                identity.name(),
                identity.incarnation(),
                server.version(),
                server.group(),
                address,
                workers(server.workerThreads(), Threading.VIRTUAL.isActive(environment)),
                server.exposeErrorText(),
                new AdmissionOptions(server.queue().target(), server.queue().interval()),
                drain(server.shutdown()),
                limits(server),
                mprpc(server.mprpc()),
                served(server.services()));
    }

    static DrainOptions drain(RpcProperties.Shutdown shutdown) {
        return new DrainOptions(shutdown.withdrawTimeout(), shutdown.quietPeriod(), shutdown.farewell());
    }

    private static ServerLimits limits(RpcProperties.Server server) {
        DataSize all = server.maxUnansweredSize();
        return new ServerLimits(
                server.maxUnansweredSizePerConnection().toBytes(),
                all == null ? ServerLimits.defaults().maxUnansweredBytes() : all.toBytes(),
                new ConnectionLimits(server.maxConnections(), server.maxConnectionsPerAddress()),
                timeouts(server),
                new AbuseLimits(server.maxPingsPerSecond(), server.maxCancels(), server.maxUnknownMethods()));
    }

    private static ServerTimeouts timeouts(RpcProperties.Server server) {
        return new ServerTimeouts(
                server.firstFrameTimeout(),
                server.frameTimeout(),
                server.minFrameRate().toBytes(),
                server.silenceTimeout(),
                server.unwritableTimeout());
    }

    private static @Nullable MprpcOptions mprpc(RpcProperties.ServerMprpc mprpc) {
        return mprpc.enabled()
                ? new MprpcOptions((int) mprpc.maxReplySize().toBytes(), mprpc.timeout(), mprpc.headerSize())
                : null;
    }

    private static Map<String, ServedSettings> served(Map<String, RpcProperties.Served> services) {
        Map<String, ServedSettings> served = new LinkedHashMap<>();
        services.forEach((name, service) -> {
            Integer most = service.maxConcurrentCalls();
            served.put(
                    name,
                    new ServedSettings(most == null ? 0 : most, service.mprpcEnabled() ? service.mprpcName() : ""));
        });
        return served;
    }

    @Bean
    ServerExtensions rpcServerExtensions(
            ObjectProvider<RpcServerInterceptor> interceptors,
            ObjectProvider<RpcServerCallListener> listeners,
            ObjectProvider<CallGate> gates,
            ObjectProvider<ExceptionMapper> mappers,
            ObjectProvider<RpcServerCustomizer> customizers) {
        return new ServerExtensions(
                interceptors.orderedStream().toList(),
                listeners.orderedStream().toList(),
                gates.orderedStream().toList(),
                mappers.orderedStream().toList(),
                customizers.orderedStream().toList());
    }

    @Bean
    AdvertisedEndpoint rpcAdvertisedEndpoint(
            RpcProperties properties,
            ApplicationIdentity identity,
            ConfigurableEnvironment environment,
            ObjectProvider<InetUtils> network) {
        RpcProperties.Server server = properties.server();
        EndpointAttributes attributes = new EndpointAttributes(
                identity.name(),
                server.version(),
                server.group(),
                server.weight(),
                server.zone(),
                server.tag(),
                identity.incarnation(),
                identity.startedAt(),
                EndpointStatus.READY);
        return new AdvertisedEndpoint(
                new AdvertisedHost(server, environment, network.getIfAvailable()), server.advertisedPort(), attributes);
    }

    // Stopped as a bean too: a start that fails half-way may not stop it as a part of the life cycle.
    @Bean(destroyMethod = "stop")
    RpcServerLifecycle rpcServerLifecycle(
            RpcServerFactory servers,
            AdvertisedEndpoint endpoint,
            ObjectProvider<EndpointAnnouncer> announcers,
            RpcProperties properties,
            ConfigurableEnvironment environment) {
        List<ServerAnnouncement> announcements = announcers
                .orderedStream()
                .map(announcer -> new ServerAnnouncement(announcer, endpoint))
                .toList();
        Duration gracePeriod = properties.server().shutdown().gracePeriod();
        GracePeriodCheck.warn(gracePeriod, environment);
        return new RpcServerLifecycle(servers, announcements, new LocalPort(environment), gracePeriod);
    }

    @Bean
    ReadinessOnClose rpcReadinessOnClose(ApplicationContext context, RpcServerLifecycle server) {
        return new ReadinessOnClose(context, server::isReady);
    }

    private static Supplier<ExecutorService> workers(int threads, boolean virtual) {
        if (!virtual) {
            return () -> WorkerThreads.platform(threads, "rpc-worker");
        }
        ThreadFactory factory = new VirtualThreadTaskExecutor("rpc-worker-").getVirtualThreadFactory();
        return () -> WorkerThreads.virtual(threads, factory);
    }
}
