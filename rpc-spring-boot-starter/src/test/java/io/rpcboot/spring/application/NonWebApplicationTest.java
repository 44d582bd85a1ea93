package io.rpcboot.spring.application;

import static io.rpcboot.spring.test.Calls.servedBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rpcboot.Endpoint;
import io.rpcboot.demo.proto.UserService;
import io.rpcboot.naming.InMemoryNaming;
import io.rpcboot.spring.RpcReference;
import io.rpcboot.spring.test.Users;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.AvailabilityState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;

/** Applications without a web server, over TCP, as Boot starts and stops them. */
class NonWebApplicationTest {

    private static final InMemoryNaming NAMING = new InMemoryNaming();

    @Test
    void providerAndConsumerFindEachOther() {
        try (ConfigurableApplicationContext provider = start(Provider.class);
                ConfigurableApplicationContext consumer = start(Consumer.class)) {
            assertThat(servedBy(consumer.getBean(Consumer.class).users)).isEqualTo("users");
            assertThat(announced())
                    .extracting(Endpoint::port)
                    .containsExactly(provider.getEnvironment().getProperty("local.rpc.port", Integer.class));
        }
        assertThat(announced()).isEmpty();
    }

    @Test
    void aServerKeepsTheProcessAliveUntilItStops() {
        ConfigurableApplicationContext provider = start(Provider.class);
        assertThat(keepAliveThreads()).hasSize(1).allMatch(thread -> !thread.isDaemon());

        provider.close();

        await().until(() -> keepAliveThreads().isEmpty());
    }

    @Test
    void theApplicationSaysThatItTakesNoMoreTrafficBeforeItStops() {
        ConfigurableApplicationContext provider = start(Provider.class);
        Provider seen = provider.getBean(Provider.class);

        provider.close();

        assertThat(seen.states).containsExactly(ReadinessState.ACCEPTING_TRAFFIC, ReadinessState.REFUSING_TRAFFIC);
    }

    private static ConfigurableApplicationContext start(Class<?> application) {
        return new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE)
                .run(
                        "--spring.application.name=" + application.getSimpleName(),
                        "--spring.cloud.zookeeper.enabled=false",
                        "--rpc.server.port=0",
                        "--rpc.server.address=127.0.0.1",
                        "--rpc.server.shutdown.grace-period=1s");
    }

    private static List<Endpoint> announced() {
        List<Endpoint> endpoints = new ArrayList<>();
        NAMING.watch("demo.UserService", endpoints::addAll).close();
        return endpoints;
    }

    private static List<Thread> keepAliveThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("rpc-server-keep-alive"))
                .toList();
    }

    @Configuration(proxyBeanMethods = false)
    static class Naming {
        @Bean
        InMemoryNaming naming() {
            return NAMING;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Naming.class, Users.class})
    static class Provider {

        final List<AvailabilityState> states = new CopyOnWriteArrayList<>();

        @EventListener
        void changed(AvailabilityChangeEvent<ReadinessState> event) {
            states.add(event.getState());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Naming.class)
    static class Consumer {
        @RpcReference
        UserService users;
    }
}
