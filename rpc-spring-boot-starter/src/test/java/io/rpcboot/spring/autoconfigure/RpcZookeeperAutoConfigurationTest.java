package io.rpcboot.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcboot.naming.EndpointAnnouncer;
import io.rpcboot.naming.EndpointResolver;
import io.rpcboot.naming.InMemoryNaming;
import io.rpcboot.spring.test.Applications;
import io.rpcboot.spring.test.InOneProcess;
import io.rpcboot.spring.zookeeper.MprpcAnnouncer;
import io.rpcboot.spring.zookeeper.MprpcResolver;
import io.rpcboot.spring.zookeeper.ZookeeperAnnouncer;
import io.rpcboot.spring.zookeeper.ZookeeperResolver;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class RpcZookeeperAutoConfigurationTest {

    private static final String NOBODY = "127.0.0.1:1";

    private final ApplicationContextRunner application = Applications.plain();

    private final ApplicationContextRunner withCurator =
            application.withBean(CuratorFramework.class, RpcZookeeperAutoConfigurationTest::curator);

    @Test
    void zookeeperIsUsedWhereThereIsAConnection() {
        withCurator.run(context -> assertThat(context)
                .hasNotFailed()
                .hasSingleBean(ZookeeperAnnouncer.class)
                .hasSingleBean(ZookeeperResolver.class));
    }

    @Test
    void zookeeperIsNotUsedWithoutAConnection() {
        application.run(context -> assertThat(context)
                .hasNotFailed()
                .doesNotHaveBean(ZookeeperAnnouncer.class)
                .doesNotHaveBean(ZookeeperResolver.class));
    }

    @Test
    void zookeeperIsNotUsedWhenItIsSwitchedOff() {
        withCurator
                .withPropertyValues("rpc.registry.enabled=false")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(ZookeeperAnnouncer.class)
                        .doesNotHaveBean(ZookeeperResolver.class));
    }

    @Test
    void namingOfTheApplicationGoesFirst() {
        withCurator
                .withUserConfiguration(InOneProcess.class)
                .run(context -> assertThat(context)
                        .hasSingleBean(InMemoryNaming.class)
                        .doesNotHaveBean(ZookeeperAnnouncer.class)
                        .doesNotHaveBean(ZookeeperResolver.class));
    }

    @Test
    void nothingIsAnnouncedToMprpcPeersUnlessThatIsAskedFor() {
        withCurator.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(MprpcAnnouncer.class));
    }

    @Test
    void mprpcPeersAreToldBesideTheUsualAnnouncement() {
        withCurator
                .withPropertyValues("rpc.registry.mprpc.publish=true")
                .run(context -> assertThat(context.getBeanProvider(EndpointAnnouncer.class))
                        .hasOnlyElementsOfTypes(ZookeeperAnnouncer.class, MprpcAnnouncer.class)
                        .hasSize(2));
    }

    @Test
    void mprpcPeersAreToldBesideTheNamingOfTheApplication() {
        withCurator
                .withUserConfiguration(InOneProcess.class)
                .withPropertyValues("rpc.registry.mprpc.publish=true")
                .run(context -> assertThat(context.getBeanProvider(EndpointAnnouncer.class))
                        .hasOnlyElementsOfTypes(InMemoryNaming.class, MprpcAnnouncer.class)
                        .hasSize(2));
    }

    @Test
    void theResolverForMprpcPeersIsThereForThoseWhoAskForItByName() {
        withCurator.withUserConfiguration(Resolvers.class).run(context -> {
            Resolvers resolvers = context.getBean(Resolvers.class);
            assertThat(resolvers.usual.getIfUnique()).isInstanceOf(ZookeeperResolver.class);
            assertThat(resolvers.ofMprpcPeers).isInstanceOf(MprpcResolver.class);
        });
    }

    @Test
    void anApplicationWithoutCuratorStarts() {
        application
                .withClassLoader(new FilteredClassLoader("org.apache.curator", "org.apache.zookeeper"))
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void aRegistryThatMustBeThereAndIsNotStopsTheStart() {
        withCurator
                .withPropertyValues("rpc.registry.fail-fast=true", "rpc.registry.initial-timeout=10ms")
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(RegistryUnavailableException.class)
                        .hasMessageContaining(NOBODY));
    }

    @Configuration(proxyBeanMethods = false)
    static class Resolvers {

        @Autowired
        private ObjectProvider<EndpointResolver> usual;

        @Autowired
        @Qualifier("rpcMprpcResolver")
        private EndpointResolver ofMprpcPeers;
    }

    private static CuratorFramework curator() {
        CuratorFramework curator = CuratorFrameworkFactory.newClient(NOBODY, new RetryOneTime(1));
        curator.start();
        return curator;
    }
}
