package io.rpcboot.spring.autoconfigure;

import static io.rpcboot.spring.test.Calls.servedBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rpcboot.demo.proto.UserService;
import io.rpcboot.spring.RpcClientCallListener;
import io.rpcboot.spring.RpcClientFactory;
import io.rpcboot.spring.RpcServerCallListener;
import io.rpcboot.spring.actuate.ClientMetrics;
import io.rpcboot.spring.actuate.ServerMetrics;
import io.rpcboot.spring.test.Applications;
import io.rpcboot.spring.test.Users;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class RpcMetricsAutoConfigurationTest {

    private final ApplicationContextRunner application = Applications.inOneProcess();

    @Test
    void callsAreTimedWhereThereIsARegistryOfMeters() {
        application
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withBean(Users.class)
                .run(context -> {
                    Applications.ready(context);
                    MeterRegistry meters = context.getBean(MeterRegistry.class);

                    servedBy(context.getBean(RpcClientFactory.class).client(UserService.class));

                    assertThat(meters.get("rpc.client")
                                    .tag("status", "OK")
                                    .timer()
                                    .count())
                            .isEqualTo(1);
                    assertThat(meters.get("rpc.server")
                                    .tag("status", "OK")
                                    .timer()
                                    .count())
                            .isEqualTo(1);
                });
    }

    @Test
    void listenersOfTheApplicationAreToldBesideTheTimers() {
        List<String> ends = new CopyOnWriteArrayList<>();
        application
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withBean(RpcServerCallListener.class, () -> (method, status, nanos) -> ends.add("served " + status))
                .withBean(RpcClientCallListener.class, () -> (method, status, nanos) -> ends.add("made " + status))
                .withBean(Users.class)
                .run(context -> {
                    Applications.ready(context);

                    servedBy(context.getBean(RpcClientFactory.class).client(UserService.class));

                    assertThat(ends).containsExactly("served OK", "made OK");
                });
    }

    @Test
    void nothingIsTimedWithoutARegistryOfMeters() {
        application
                .withBean(Users.class)
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(ClientMetrics.class)
                        .doesNotHaveBean(ServerMetrics.class));
    }

    @Test
    void nothingIsTimedWhenItIsSwitchedOff() {
        application
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withPropertyValues("rpc.metrics.enabled=false")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(ClientMetrics.class)
                        .doesNotHaveBean(ServerMetrics.class));
    }

    @Test
    void anApplicationWithoutMicrometerStarts() {
        application
                .withClassLoader(new FilteredClassLoader("io.micrometer", "org.springframework.boot.micrometer"))
                .withBean(Users.class)
                .run(context -> assertThat(context).hasNotFailed());
    }
}
