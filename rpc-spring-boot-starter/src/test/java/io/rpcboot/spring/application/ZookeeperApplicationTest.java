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
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
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

    private ConfigurableApplicationContext start(Class<?> application) {
        return new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE)
                .run(
                        "--spring.application.name=" + application.getSimpleName(),
                        "--spring.cloud.zookeeper.connect-string=" + zookeeper.getConnectString(),
                        "--rpc.server.port=0",
                        "--rpc.client.timeout=20s",
                        "--rpc.server.shutdown.grace-period=2s");
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
