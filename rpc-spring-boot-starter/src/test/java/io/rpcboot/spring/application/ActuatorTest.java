package io.rpcboot.spring.application;

import static io.rpcboot.spring.test.Calls.servedBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.rpcboot.demo.proto.UserService;
import io.rpcboot.spring.LocalRpcPort;
import io.rpcboot.spring.RpcReference;
import io.rpcboot.spring.server.RpcServerLifecycle;
import io.rpcboot.spring.test.InOneProcess;
import io.rpcboot.spring.test.Users;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.client.RestClient;

/** What a web application with the actuator tells of its calls. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.cloud.zookeeper.enabled=false",
            "rpc.server.port=0",
            "rpc.server.shutdown.grace-period=0s",
            "rpc.client.timeout=30s",
            "management.endpoints.web.exposure.include=health,metrics",
            "management.endpoint.health.show-details=always"
        })
class ActuatorTest {

    @LocalServerPort
    private int port;

    @LocalRpcPort
    private int rpcPort;

    @Autowired
    private Application application;

    private RestClient actuator;

    @BeforeEach
    void connect() {
        actuator = RestClient.create("http://127.0.0.1:" + port + "/actuator");
    }

    @Test
    void callsAreFoundAmongTheMetrics() {
        servedBy(application.users);

        assertThat(get("/metrics/rpc.client?tag=service:demo.UserService&tag=method:Login&tag=status:OK"))
                .contains("COUNT");
        assertThat(get("/metrics/rpc.server?tag=service:demo.UserService&tag=method:Login&tag=status:OK"))
                .contains("COUNT");
    }

    @Test
    void theServerIsFoundInTheHealth() {
        assertThat(get("/health/rpc"))
                .contains("\"status\":\"UP\"")
                .contains("listening on port " + rpcPort)
                .contains("announced in memory");
    }

    @Test
    void theBoundPortIsInjected(@Autowired RpcServerLifecycle server) {
        assertThat(rpcPort).isEqualTo(server.port());
    }

    private String get(String path) {
        return actuator.get().uri(path).retrieve().body(String.class);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({InOneProcess.class, Users.class})
    static class Application {
        @RpcReference
        UserService users;
    }
}
