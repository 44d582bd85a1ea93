package io.rpcboot.spring.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcboot.demo.proto.UserService;
import io.rpcboot.spring.RpcReference;
import io.rpcboot.spring.test.Users;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** A Spring MVC application that serves, calls, and cannot reach ZooKeeper. */
class StartWithoutZookeeperTest {

    /** Less than the 10 s that Spring Cloud would wait by itself. */
    private static final Duration ALLOWED = Duration.ofSeconds(9);

    @Test
    void theStartDoesNotWaitForZookeeper() throws Exception {
        // The first start loads the classes.
        try (ConfigurableApplicationContext context = start()) {
            health(context);
        }

        long begin = System.nanoTime();
        try (ConfigurableApplicationContext context = start()) {
            Duration started = Duration.ofNanos(System.nanoTime() - begin);
            begin = System.nanoTime();
            String health = health(context);
            Duration answered = Duration.ofNanos(System.nanoTime() - begin);

            assertThat(started).isLessThan(ALLOWED);
            assertThat(health).contains("\"status\":\"UP\"").contains("\"registry\":\"not connected\"");
            assertThat(answered).isLessThan(ALLOWED);
        }
    }

    private static ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(Application.class)
                .run(
                        "--spring.cloud.zookeeper.connect-string=127.0.0.1:1",
                        "--server.port=0",
                        "--rpc.server.port=0",
                        "--rpc.server.shutdown.grace-period=0s",
                        "--management.endpoint.health.show-details=always");
    }

    private static String health(ConfigurableApplicationContext context) throws Exception {
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/health"))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Users.class)
    static class Application {
        @RpcReference
        UserService users;
    }
}
