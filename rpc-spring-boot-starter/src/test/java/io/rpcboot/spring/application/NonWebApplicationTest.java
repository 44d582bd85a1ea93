package io.rpcboot.spring.application;

import static io.rpcboot.spring.test.Calls.servedBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.rpcboot.Endpoint;
import io.rpcboot.demo.proto.EchoRequest;
import io.rpcboot.demo.proto.EchoResponse;
import io.rpcboot.demo.proto.EchoServiceAsync;
import io.rpcboot.demo.proto.UserService;
import io.rpcboot.naming.InMemoryNaming;
import io.rpcboot.spring.RpcReference;
import io.rpcboot.spring.RpcService;
import io.rpcboot.spring.test.AsyncEcho;
import io.rpcboot.spring.test.Users;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.AvailabilityState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;

/** Applications without a web server, over TCP, as Boot starts and stops them. */
class NonWebApplicationTest {

    private static final InMemoryNaming NAMING = new InMemoryNaming();
    private static final Duration GENEROUS = Duration.ofSeconds(30);

    /** Threads of applications that other tests left running. */
    private final Set<Thread> others = Set.copyOf(allKeepAliveThreads());

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

        await().atMost(GENEROUS).until(() -> keepAliveThreads().isEmpty());
    }

    @Test
    void theApplicationSaysThatItTakesNoMoreTrafficBeforeItStops() {
        ConfigurableApplicationContext provider = start(Provider.class);
        Provider seen = provider.getBean(Provider.class);

        provider.close();

        assertThat(seen.states).containsExactly(ReadinessState.ACCEPTING_TRAFFIC, ReadinessState.REFUSING_TRAFFIC);
    }

    @Test
    void aCallThatRunsWhenTheProviderStopsIsAnswered() {
        ConfigurableApplicationContext provider = start(Provider.class);
        try (ConfigurableApplicationContext consumer = start(Consumer.class)) {
            Slow slow = provider.getBean(Slow.class);
            CompletableFuture<EchoResponse> call =
                    consumer.getBean(Consumer.class).echo.echo(EchoRequest.getDefaultInstance());
            slow.started.join();

            CompletableFuture<Void> stopped = CompletableFuture.runAsync(provider::close);
            await().atMost(GENEROUS).until(() -> announced().isEmpty());
            slow.mayEnd.complete(null);

            assertThat(call.join().getServedBy()).isEqualTo("slow");
            stopped.join();
        }
    }

    @Test
    void aStartThatFailsLateLeavesNoServerBehind() {
        assertThatThrownBy(() -> start(FailsLate.class)).hasRootCauseMessage("too late");

        await().atMost(GENEROUS).until(() -> keepAliveThreads().isEmpty());
    }

    @Test
    void bootsOwnExecutorsStay() {
        try (ConfigurableApplicationContext consumer = start(Consumer.class)) {
            assertThat(consumer.containsBean("applicationTaskExecutor")).isTrue();
        }
    }

    private static ConfigurableApplicationContext start(Class<?> application) {
        return new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE)
                .run(
                        "--spring.application.name=" + application.getSimpleName(),
                        "--spring.cloud.zookeeper.enabled=false",
                        "--rpc.server.port=0",
                        "--rpc.server.address=127.0.0.1",
                        "--rpc.client.timeout=30s",
                        "--rpc.server.shutdown.grace-period=10s");
    }

    private static List<Endpoint> announced() {
        List<Endpoint> endpoints = new ArrayList<>();
        NAMING.watch("demo.UserService", endpoints::addAll).close();
        return endpoints;
    }

    private List<Thread> keepAliveThreads() {
        return allKeepAliveThreads().stream()
                .filter(thread -> !others.contains(thread))
                .toList();
    }

    private static List<Thread> allKeepAliveThreads() {
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
    @Import({Naming.class, Users.class, Slow.class})
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

        @RpcReference
        EchoServiceAsync echo;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Naming.class, Users.class})
    static class FailsLate implements SmartLifecycle {
        @Override
        public void start() {
            throw new IllegalStateException("too late");
        }

        @Override
        public void stop() {}

        @Override
        public boolean isRunning() {
            return false;
        }
    }

    /** Answers when the test says so. */
    @RpcService
    static class Slow extends AsyncEcho {

        final CompletableFuture<Void> started = new CompletableFuture<>();
        final CompletableFuture<Void> mayEnd = new CompletableFuture<>();

        @Override
        public CompletableFuture<EchoResponse> echo(EchoRequest request) {
            started.complete(null);
            return mayEnd.thenApply(
                    ended -> EchoResponse.newBuilder().setServedBy("slow").build());
        }
    }
}
