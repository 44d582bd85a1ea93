package io.rpcboot.benchmarks.contender.dubbo;

import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.config.ProtocolConfig;
import org.apache.dubbo.config.ReferenceConfig;
import org.apache.dubbo.config.RegistryConfig;
import org.apache.dubbo.config.ServiceConfig;
import org.apache.dubbo.config.bootstrap.DubboBootstrap;

/** Dubbo without a registry, configured by its API; its defaults otherwise. One server or client a process. */
final class DubboPeer {

    private static final int TIMEOUT_MILLIS = 10_000;

    private DubboPeer() {}

    static <T> AutoCloseable serve(String protocol, int port, Class<T> contract, T service) {
        ServiceConfig<T> config = new ServiceConfig<>();
        config.setInterface(contract);
        config.setRef(service);
        ProtocolConfig settings = new ProtocolConfig(protocol, port);
        settings.setHost("127.0.0.1");
        DubboBootstrap bootstrap = DubboBootstrap.getInstance()
                .application(application())
                .registry(new RegistryConfig(RegistryConfig.NO_AVAILABLE))
                .protocol(settings)
                .service(config)
                .start();
        return bootstrap::stop;
    }

    static <T> ReferenceConfig<T> reference(String protocol, int port, Class<T> contract) {
        ReferenceConfig<T> config = new ReferenceConfig<>();
        config.setInterface(contract);
        config.setUrl(protocol + "://127.0.0.1:" + port);
        config.setTimeout(TIMEOUT_MILLIS);
        config.setCheck(true);
        DubboBootstrap.getInstance()
                .application(application())
                .reference(config)
                .start();
        return config;
    }

    private static ApplicationConfig application() {
        ApplicationConfig application = new ApplicationConfig("benchmarks");
        application.setQosEnable(false);
        return application;
    }
}
