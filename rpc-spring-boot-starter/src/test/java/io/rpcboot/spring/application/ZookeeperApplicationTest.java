package io.rpcboot.spring.application;

import static io.rpcboot.spring.test.Calls.LOGIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rpcboot.client.RpcClient;
import io.rpcboot.demo.proto.UserService;
import io.rpcboot.spring.RpcReference;
import io.rpcboot.spring.RpcService;
import io.rpcboot.spring.actuate.RpcHealthIndicator;
import io.rpcboot.spring.test.PlainUsers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Whole applications that meet in a real ZooKeeper. */
class ZookeeperApplicationTest {

    private static final Duration GENEROUS = Duration.ofSeconds(30);

    private TestingServer zookeeper;

    @BeforeEach
    void startZookeeper() throws Exception {
        zookeeper = new TestingServer();
    }

    @AfterEach
    void stopZookeeper() throws Exception {
        zookeeper.close();
    }

    @Test
    void theOrderOfStartsDoesNotMatter() {
        try (ConfigurableApplicationContext consumer = start(Consumer.class)) {
            RpcClient client = consumer.getBean(RpcClient.class);
            assertThat(client.endpoints("demo.UserService")).isEmpty();

            try (ConfigurableApplicationContext provider = start(Provider.class)) {
                await().atMost(GENEROUS)
                        .until(() -> !client.endpoints("demo.UserService").isEmpty());

                assertThat(answering(consumer)).isEqualTo(port(provider));
                assertThat(provider.getBean(RpcHealthIndicator.class).health().getStatus())
                        .isEqualTo(Status.UP);
            }
        }
    }

    @Test
    void aSecondProviderIsUsedAndAStoppedOneNoLonger() {
        try (ConfigurableApplicationContext consumer = start(Consumer.class);
                ConfigurableApplicationContext first = start(Provider.class)) {
            RpcClient client = consumer.getBean(RpcClient.class);
            Set<String> answered = new HashSet<>();

            ConfigurableApplicationContext second = start(Provider.class);
            String portOfSecond = port(second);
            await().atMost(GENEROUS)
                    .until(() -> client.endpoints("demo.UserService").size() == 2);
            await().atMost(GENEROUS).until(() -> {
                answered.add(answering(consumer));
                return answered.size() == 2;
            });
            assertThat(answered).containsExactlyInAnyOrder(port(first), portOfSecond);

            second.close();
            for (int i = 0; i < 50; i++) {
                assertThat(answering(consumer)).isEqualTo(port(first));
            }
        }
    }

    @Test
    void mprpcPeersFindTheProviderThatHasThePlaceAndTheOtherSaysThatItHasNone() throws Exception {
        try (ConfigurableApplicationContext first = startForMprpcPeers()) {
            RpcHealthIndicator health = first.getBean(RpcHealthIndicator.class);
            await().atMost(GENEROUS)
                    .untilAsserted(() -> assertThat(health.health().getDetails().toString())
                            .contains("announced to mprpc peers at 127.0.0.1:" + port(first)));
            assertThat(health.health().getStatus()).isEqualTo(Status.UP);
            assertThat(addressForMprpcPeers()).isEqualTo("127.0.0.1:" + port(first));

            try (ConfigurableApplicationContext second = startForMprpcPeers()) {
                RpcHealthIndicator other = second.getBean(RpcHealthIndicator.class);
                await().atMost(GENEROUS)
                        .untilAsserted(
                                () -> assertThat(other.health().getDetails().toString())
                                        .contains("UserService.Login")
                                        .contains("held by another provider at 127.0.0.1:" + port(first)));
                // It serves all other callers.
                assertThat(other.health().getStatus()).isEqualTo(Status.UP);
                first.close();

                await().atMost(GENEROUS)
                        .untilAsserted(
                                () -> assertThat(other.health().getDetails().toString())
                                        .contains("announced to mprpc peers at 127.0.0.1:" + port(second)));
                assertThat(addressForMprpcPeers()).isEqualTo("127.0.0.1:" + port(second));
            }
        }
    }

    @Test
    void aReferenceFindsProvidersThatSpeakMprpcInTheirOwnNodes() {
        try (ConfigurableApplicationContext provider = startForMprpcPeers();
                ConfigurableApplicationContext consumer =
                        start(Consumer.class, "--rpc.client.services.UserService.protocol=mprpc")) {
            RpcClient client = consumer.getBean(RpcClient.class);
            await().atMost(GENEROUS)
                    .until(() -> !client.endpoints("demo.UserService").isEmpty());

            assertThat(answering(consumer)).isEqualTo(port(provider));
            // Those nodes say no incarnation; ours would.
            assertThat(client.endpoints("demo.UserService"))
                    .extracting(endpoint -> endpoint.attributes().incarnation())
                    .containsExactly(0L);
        }
    }

    private ConfigurableApplicationContext startForMprpcPeers() {
        return start(
                Provider.class,
                "--rpc.server.mprpc.enabled=true",
                "--rpc.registry.mprpc.publish=true",
                "--rpc.server.advertised-host=localhost");
    }

    private String addressForMprpcPeers() throws Exception {
        try (CuratorFramework peer =
                CuratorFrameworkFactory.newClient(zookeeper.getConnectString(), new RetryOneTime(1))) {
            peer.start();
            return new String(peer.getData().forPath("/UserService/Login"), StandardCharsets.US_ASCII);
        }
    }

    private ConfigurableApplicationContext start(Class<?> application, String... arguments) {
        return new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE)
                .run(Stream.concat(
                                Stream.of(
                                        "--spring.application.name=" + application.getSimpleName(),
                                        "--spring.cloud.zookeeper.connect-string=" + zookeeper.getConnectString(),
                                        "--rpc.server.port=0",
                                        "--rpc.client.timeout=20s",
                                        "--rpc.server.shutdown.grace-period=2s"),
                                Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private static String answering(ConfigurableApplicationContext consumer) {
        return consumer.getBean(Consumer.class).users.login(LOGIN).getServedBy();
    }

    private static String port(ConfigurableApplicationContext provider) {
        return provider.getEnvironment().getRequiredProperty("local.rpc.port");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Provider {
        @Bean
        @RpcService
        PlainUsers users(Environment environment) {
            return new PlainUsers(() -> environment.getRequiredProperty("local.rpc.port"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Consumer {
        @RpcReference
        UserService users;
    }
}
