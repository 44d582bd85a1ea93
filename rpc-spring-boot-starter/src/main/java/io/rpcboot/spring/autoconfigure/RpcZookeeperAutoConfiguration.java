package io.rpcboot.spring.autoconfigure;

import io.rpcboot.naming.EndpointAnnouncer;
import io.rpcboot.naming.EndpointResolver;
import io.rpcboot.spring.client.ConfiguredServices;
import io.rpcboot.spring.zookeeper.MprpcAnnouncer;
import io.rpcboot.spring.zookeeper.MprpcResolver;
import io.rpcboot.spring.zookeeper.SavedLists;
import io.rpcboot.spring.zookeeper.ZookeeperAnnouncer;
import io.rpcboot.spring.zookeeper.ZookeeperContact;
import io.rpcboot.spring.zookeeper.ZookeeperResolver;
import java.nio.file.Path;
import org.apache.curator.framework.CuratorFramework;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.util.StringUtils;

/** ZooKeeper as the registry, through the connection that Spring Cloud has. */
@AutoConfiguration(
        after = RpcAutoConfiguration.class,
        afterName = "org.springframework.cloud.zookeeper.ZookeeperAutoConfiguration")
@ConditionalOnClass(CuratorFramework.class)
@ConditionalOnBean(CuratorFramework.class)
@ConditionalOnBooleanProperty(name = "rpc.registry.enabled", matchIfMissing = true)
public final class RpcZookeeperAutoConfiguration {

    @Lazy
    @Bean
    @ConditionalOnMissingBean(value = EndpointAnnouncer.class, ignored = MprpcAnnouncer.class)
    ZookeeperAnnouncer rpcZookeeperAnnouncer(CuratorFramework curator, RpcProperties properties) {
        RpcProperties.Registry registry = properties.registry();
        return new ZookeeperAnnouncer(
                curator, registry.root(), registry.reconcileInterval(), registry.reconnectSpread());
    }

    @Lazy
    @Bean
    @ConditionalOnMissingBean(EndpointResolver.class)
    ZookeeperResolver rpcZookeeperResolver(
            ZookeeperContact contact, RpcProperties properties, ObjectProvider<ConfiguredServices> services) {
        return new ZookeeperResolver(
                contact,
                properties.registry().root(),
                properties.registry().holdBack(),
                service -> services.getObject().applicationOf(service),
                saved(properties.registry().snapshot()));
    }

    /** Beside the announcer above, whose nodes mprpc peers do not read. */
    @Lazy
    @Bean
    @ConditionalOnBooleanProperty("rpc.registry.mprpc.publish")
    MprpcAnnouncer rpcMprpcAnnouncer(CuratorFramework curator, RpcProperties properties) {
        RpcProperties.Registry registry = properties.registry();
        return new MprpcAnnouncer(curator, registry.reconcileInterval(), registry.reconnectSpread());
    }

    /** For references to mprpc peers, by this name: whoever asks for an EndpointResolver gets the one above. */
    @Lazy
    @Bean(defaultCandidate = false)
    MprpcResolver rpcMprpcResolver(ZookeeperContact contact, RpcProperties properties) {
        RpcProperties.Registry registry = properties.registry();
        return new MprpcResolver(contact, registry.holdBack(), saved(registry.snapshot()));
    }

    private static SavedLists saved(@Nullable String directory) {
        return StringUtils.hasText(directory) ? SavedLists.in(Path.of(directory)) : SavedLists.none();
    }

    /** Not lazy: what is known of ZooKeeper before the first client is asked for spares its first call the wait. */
    @Bean
    ZookeeperContact rpcZookeeperContact(CuratorFramework curator, RpcProperties properties) {
        return new ZookeeperContact(curator, properties.registry().initialTimeout());
    }

    @Bean
    RegistryConnection rpcRegistryConnection(ZookeeperContact contact) {
        return contact::isConnected;
    }

    @Bean
    @ConditionalOnBooleanProperty("rpc.registry.fail-fast")
    RegistryCheck rpcRegistryCheck(CuratorFramework curator, RpcProperties properties) {
        return new RegistryCheck(curator, properties.registry().initialTimeout());
    }
}
