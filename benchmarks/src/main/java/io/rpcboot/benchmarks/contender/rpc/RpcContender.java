package io.rpcboot.benchmarks.contender.rpc;

import io.rpcboot.benchmarks.contender.Client;
import io.rpcboot.benchmarks.contender.Contender;
import io.rpcboot.demo.proto.EchoService;
import io.rpcboot.demo.proto.EchoServiceAsync;
import io.rpcboot.demo.proto.UserService;
import io.rpcboot.demo.proto.UserServiceAsync;
import io.rpcboot.spring.RpcReference;
import io.rpcboot.spring.RpcService;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The framework as its users have it: through the starter, with its defaults, deadlines and metrics. */
public final class RpcContender implements Contender {

    private final Map<String, Object> properties;

    private RpcContender(Map<String, Object> properties) {
        this.properties = properties;
    }

    public static RpcContender withDefaults() {
        return new RpcContender(Map.of());
    }

    /** Services on virtual threads. */
    public static RpcContender withVirtualThreads() {
        return new RpcContender(Map.of("spring.threads.virtual.enabled", true));
    }

    @Override
    public AutoCloseable serve(int port) {
        return start(Provider.class, Map.of("rpc.server.port", port, "rpc.server.address", "127.0.0.1"));
    }

    @Override
    public Client connect(int port) {
        String address = "127.0.0.1:" + port;
        ConfigurableApplicationContext context = start(
                Consumer.class,
                Map.of(
                        "rpc.client.services[demo.UserService].addresses", address,
                        "rpc.client.services[demo.EchoService].addresses", address));
        Consumer.References references = context.getBean(Consumer.References.class);
        return new RpcOperations(
                references.users, references.usersAsync, references.echoes, references.echoesAsync, context::close);
    }

    @Override
    public Client connectOneOfMany(int port) {
        return RpcCoreContender.onWorkers().connect(port);
    }

    private ConfigurableApplicationContext start(Class<?> application, Map<String, Object> more) {
        Map<String, Object> all = new LinkedHashMap<>(properties);
        all.put("spring.application.name", "benchmarks");
        all.put("spring.main.banner-mode", "off");
        all.put("spring.cloud.zookeeper.enabled", false);
        all.put("rpc.registry.enabled", false);
        all.putAll(more);
        return new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE)
                .properties(all)
                .run();
    }

    /** The application of the server. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Provider {

        @Bean
        @RpcService
        Users users() {
            return new Users();
        }

        @Bean
        @RpcService
        Echoes echoes() {
            return new Echoes();
        }
    }

    /** The application of the client. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Consumer {

        @Bean
        References references(
                @RpcReference UserService users,
                @RpcReference UserServiceAsync usersAsync,
                @RpcReference EchoService echoes,
                @RpcReference EchoServiceAsync echoesAsync) {
            return new References(users, usersAsync, echoes, echoesAsync);
        }

        record References(
                UserService users, UserServiceAsync usersAsync, EchoService echoes, EchoServiceAsync echoesAsync) {}
    }
}
