package io.rpcboot.spring.server;

import io.rpcboot.Interceptor;
import io.rpcboot.server.RpcServer;
import io.rpcboot.server.ServiceOptions;
import io.rpcboot.spring.RpcService;
import io.rpcboot.transport.Transport;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** Builds a server that offers all services of the application. Each start of the application takes a new one. */
public final class RpcServerFactory implements Supplier<RpcServer> {

    private static final Logger log = LoggerFactory.getLogger(RpcServerFactory.class);

    private final Transport transport;
    private final ServerSettings settings;
    private final ServerExtensions extensions;
    private final ConfigurableListableBeanFactory beans;

    public RpcServerFactory(
            Transport transport,
            ServerSettings settings,
            ServerExtensions extensions,
            ConfigurableListableBeanFactory beans) {
        this.transport = transport;
        this.settings = settings;
        this.extensions = extensions;
        this.beans = beans;
    }

    @Override
    public RpcServer get() {
        List<ServiceBean> services = new ServiceBeans(beans).find();
        warnOfPlainText();
        RpcServer.Builder server = RpcServer.builder(transport)
                .application(settings.application())
                .incarnation(settings.incarnation())
                .version(settings.version())
                .group(settings.group())
                .address(settings.address())
                .exposeErrorText(settings.exposeErrorText())
                .admission(settings.admission())
                .drain(settings.drain())
                .limits(settings.limits());
        extensions.listeners().forEach(server::callListener);
        extensions.gates().forEach(server::gate);
        extensions.mappers().forEach(server::exceptionMapper);
        if (settings.mprpc() != null) {
            server.mprpc(settings.mprpc());
        }
        ConfiguredServed configured = new ConfiguredServed(settings.services());
        services.forEach(service -> server.service(service.binding(), options(service, configured)));
        warnOfUnused(configured.unusedKeys());
        extensions.customizers().forEach(customizer -> customizer.customize(server));
        return server.workers(settings.workers().get()).build();
    }

    private void warnOfPlainText() {
        if (!settings.address().getAddress().isLoopbackAddress()) {
            log.warn(
                    "RPC server binds {} and speaks plain text: whoever can reach the port can make and read calls",
                    settings.address().getHostString());
        }
    }

    private static void warnOfUnused(List<String> keys) {
        keys.forEach(key -> log.warn(
                "rpc.server.services.{} is configured, but no @RpcService of that name is offered; is it misspelt?",
                key));
    }

    private ServiceOptions options(ServiceBean service, ConfiguredServed configured) {
        ServedSettings own = configured.of(service.contract().name());
        List<? extends Interceptor> interceptors = Stream.of(
                        service.annotation().interceptors())
                .map(beans::getBean)
                .toList();
        return new ServiceOptions(
                service.annotation().execution(),
                extensions.interceptors(service.contract().name(), interceptors),
                List.of(),
                own.concurrentCalls(),
                mprpcName(service.annotation(), own));
    }

    private static @Nullable String mprpcName(RpcService annotation, ServedSettings configured) {
        if (configured.mprpcName() != null) {
            return configured.mprpcName();
        }
        return annotation.mprpcName().isEmpty() ? null : annotation.mprpcName();
    }
}
