package io.rpcboot.spring.autoconfigure;

import io.rpcboot.spring.actuate.RpcHealthIndicator;
import io.rpcboot.spring.server.RpcServerLifecycle;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The health of server and registry, where health is asked for. */
@AutoConfiguration(after = {RpcServerAutoConfiguration.class, RpcZookeeperAutoConfiguration.class})
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
public final class RpcHealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "rpcHealthIndicator")
    @ConditionalOnEnabledHealthIndicator("rpc")
    RpcHealthIndicator rpcHealthIndicator(
            ObjectProvider<RpcServerLifecycle> server, ObjectProvider<RegistryConnection> registry) {
        return new RpcHealthIndicator(server.getIfAvailable(), registry.getIfAvailable());
    }
}
