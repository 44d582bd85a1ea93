package io.rpcboot.spring.autoconfigure;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Sets what Spring Cloud ZooKeeper should do where the application does not say: its own defaults let an application without a web server
 * fail, and an application whose ZooKeeper is away wait or fail for minutes and log several lines a second. Comes last, so that every value of the user wins.
 */
public final class RpcEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

    private static final String SOURCE = "rpcSpringCloudDefaults";

    private static final Map<String, Object> DEFAULTS = Map.of(
            "spring.cloud.service-registry.auto-registration.enabled", "false",
            "spring.cloud.zookeeper.block-until-connected-wait", "0",
            "spring.cloud.zookeeper.session-timeout", "10s",
            "spring.cloud.zookeeper.connection-timeout", "3s",
            "management.health.zookeeper.enabled", "false",
            "spring.cloud.discovery.client.health-indicator.enabled", "false",
            "logging.level.org.apache.zookeeper.ClientCnxn", "error",
            "logging.level.org.apache.curator.retry.ExponentialBackoffRetry", "error");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (!environment.getPropertySources().contains(SOURCE)) {
            environment.getPropertySources().addLast(new MapPropertySource(SOURCE, DEFAULTS));
        }
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
