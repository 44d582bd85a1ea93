package io.rpcboot.spring.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.rpcboot.spring.actuate.ClientMetrics;
import io.rpcboot.spring.actuate.ServerMetrics;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Timers of all calls, where there is a registry of meters. */
@AutoConfiguration(
        before = {RpcServerAutoConfiguration.class, RpcClientAutoConfiguration.class},
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration"
        })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
@ConditionalOnBooleanProperty(name = "rpc.metrics.enabled", matchIfMissing = true)
public final class RpcMetricsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ServerMetrics rpcServerMetrics(MeterRegistry registry) {
        return new ServerMetrics(registry);
    }

    @Bean
    @ConditionalOnMissingBean
    ClientMetrics rpcClientMetrics(MeterRegistry registry) {
        return new ClientMetrics(registry);
    }
}
