package io.rpcboot.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcboot.naming.InMemoryNaming;
import io.rpcboot.spring.test.Applications;
import io.rpcboot.spring.test.InOneProcess;
import io.rpcboot.spring.zookeeper.ZookeeperAnnouncer;
import io.rpcboot.spring.zookeeper.ZookeeperResolver;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

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

    private static CuratorFramework curator() {
        CuratorFramework curator = CuratorFrameworkFactory.newClient(NOBODY, new RetryOneTime(1));
        curator.start();
        return curator;
    }
}
