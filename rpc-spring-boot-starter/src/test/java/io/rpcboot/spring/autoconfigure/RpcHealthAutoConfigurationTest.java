package io.rpcboot.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcboot.EndpointStatus;
import io.rpcboot.naming.EndpointAnnouncer;
import io.rpcboot.naming.EndpointAnnouncer.Standing;
import io.rpcboot.spring.actuate.RpcHealthIndicator;
import io.rpcboot.spring.server.RpcServerLifecycle;
import io.rpcboot.spring.test.Applications;
import io.rpcboot.spring.test.Users;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

class RpcHealthAutoConfigurationTest {

    private final ApplicationContextRunner application = Applications.inOneProcess();

    @Test
    void aServerThatListensAndIsAnnouncedIsUp() {
        application.withBean(Users.class).run(context -> {
            Applications.ready(context);

            Health health = health(context);

            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails())
                    .containsEntry(
                            "server",
                            "listening on port "
                                    + context.getBean(RpcServerLifecycle.class).port())
                    .containsKey("announcements");
        });
    }

    @Test
    void aServerThatShouldRunAndDoesNotIsDown() {
        application
                .withBean(Users.class)
                .withPropertyValues("rpc.server.shutdown.grace-period=0s")
                .run(context -> {
                    context.getBean(RpcServerLifecycle.class).stop();

                    assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
                });
    }

    @Test
    void anAddressThatAnotherProcessHoldsIsDown() {
        Applications.plain()
                .withPropertyValues("rpc.server.port=0")
                .withBean(
                        EndpointAnnouncer.class, () -> standing(Standing.CONFLICT, "another process holds the address"))
                .withBean(Users.class)
                .run(context -> {
                    Applications.ready(context);

                    assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
                });
    }

    @Test
    void aRegistryThatIsAwayIsToldButNotDown() {
        Applications.plain()
                .withPropertyValues("rpc.server.port=0")
                .withBean(EndpointAnnouncer.class, () -> standing(Standing.PENDING, "ZooKeeper cannot be reached"))
                .withBean(RegistryConnection.class, () -> () -> false)
                .withBean(Users.class)
                .run(context -> {
                    Applications.ready(context);

                    Health health = health(context);

                    assertThat(health.getStatus()).isEqualTo(Status.UP);
                    assertThat(health.getDetails()).containsEntry("registry", "not connected");
                });
    }

    @Test
    void anApplicationThatOnlyCallsIsUp() {
        application.run(context -> assertThat(health(context).getStatus()).isEqualTo(Status.UP));
    }

    @Test
    void thereIsNoIndicatorWhenItIsSwitchedOff() {
        application
                .withPropertyValues("management.health.rpc.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(RpcHealthIndicator.class));
    }

    @Test
    void anApplicationWithoutTheActuatorStarts() {
        application
                .withClassLoader(
                        new FilteredClassLoader("org.springframework.boot.health", "org.springframework.boot.actuate"))
                .withBean(Users.class)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("rpcHealthIndicator"));
    }

    private static Health health(ApplicationContext context) {
        return context.getBean(RpcHealthIndicator.class).health();
    }

    private static EndpointAnnouncer standing(Standing standing, String detail) {
        return offer -> new EndpointAnnouncer.Announcement() {
            @Override
            public void status(EndpointStatus status) {}

            @Override
            public EndpointAnnouncer.State state() {
                return new EndpointAnnouncer.State(standing, detail);
            }

            @Override
            public void withdraw(Duration atMost) {}
        };
    }
}
