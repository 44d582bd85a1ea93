package io.rpcboot.spring.client;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Warns of settings for services that nothing in the application refers to, which most often are misspelt. */
public final class UnusedSettings implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(UnusedSettings.class);

    private final ConfiguredServices services;

    public UnusedSettings(ConfiguredServices services) {
        this.services = services;
    }

    @Override
    public void afterSingletonsInstantiated() {
        services.unusedKeys()
                .forEach(key -> log.warn(
                        "rpc.client.services.{} is configured, but no @RpcReference or @ImportRpcClients refers to a "
                                + "service of that name; is it misspelt?",
                        key));
    }
}
