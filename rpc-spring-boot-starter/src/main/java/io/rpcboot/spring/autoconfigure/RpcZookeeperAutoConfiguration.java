package io.rpcboot.spring.autoconfigure;

import io.rpcboot.naming.EndpointAnnouncer;
import io.rpcboot.naming.EndpointResolver;
import io.rpcboot.spring.client.ConfiguredServices;
import io.rpcboot.spring.zookeeper.ZookeeperAnnouncer;
import io.rpcboot.spring.zookeeper.ZookeeperResolver;
import java.time.Duration;
import org.apache.curator.framework.CuratorFramework;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** ZooKeeper as the registry, through the connection that Spring Cloud has. */
@AutoConfiguration(
        after = RpcAutoConfiguration.class,
        afterName = "org.springframework.cloud.zookeeper.ZookeeperAutoConfiguration")
@ConditionalOnClass(CuratorFramework.class)
@ConditionalOnBean(CuratorFramework.class)
@ConditionalOnBooleanProperty(name = "rpc.registry.enabled", matchIfMissing = true)
public final class RpcZookeeperAutoConfiguration {

    private static final Duration HOLD = Duration.ofSeconds(15);

    @Lazy
    @Bean
    @ConditionalOnMissingBean(EndpointAnnouncer.class)
    ZookeeperAnnouncer rpcZookeeperAnnouncer(CuratorFramework curator, RpcProperties properties) {
        return new ZookeeperAnnouncer(curator, properties.registry().root());
    }

    @Lazy
    @Bean
    @ConditionalOnMissingBean(EndpointResolver.class)
    ZookeeperResolver rpcZookeeperResolver(
            CuratorFramework curator, RpcProperties properties, ObjectProvider<ConfiguredServices> services) {
        return new ZookeeperResolver(
                curator,
                properties.registry().root(),
                properties.registry().initialTimeout(),
                HOLD,
                service -> services.getObject().applicationOf(service));
    }

    @Bean
    RegistryConnection rpcRegistryConnection(CuratorFramework curator) {
        return () -> curator.getZookeeperClient().isConnected();
    }

    @Bean
    @ConditionalOnBooleanProperty("rpc.registry.fail-fast")
    RegistryCheck rpcRegistryCheck(CuratorFramework curator, RpcProperties properties) {
        return new RegistryCheck(curator, properties.registry().initialTimeout());
    }
}
