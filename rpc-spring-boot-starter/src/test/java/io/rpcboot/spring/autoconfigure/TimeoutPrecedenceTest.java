package io.rpcboot.spring.autoconfigure;

import static io.rpcboot.spring.test.Calls.LOGIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.rpcboot.RpcReply;
import io.rpcboot.demo.proto.LoginResponse;
import io.rpcboot.demo.proto.UserService;
import io.rpcboot.spring.RpcClientInterceptor;
import io.rpcboot.spring.RpcReference;
import io.rpcboot.spring.test.Applications;
import io.rpcboot.spring.test.InOneProcess;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.test.util.TestPropertyValues.Type;

/** One row of the order of precedence each, from the most specific down: each value is set, and all that are more general. */
class TimeoutPrecedenceTest {

    private static final String METHOD = "rpc.client.services[demo.UserService].methods.Login.timeout=40s";
    private static final String SERVICE = "rpc.client.services[demo.UserService].timeout=50s";
    private static final String CLIENT = "rpc.client.timeout=70s";

    private final AtomicReference<Duration> left = new AtomicReference<>();

    private final ApplicationContextRunner application = Applications.plain()
            .withUserConfiguration(InOneProcess.class)
            .withPropertyValues("rpc.client.max-timeout=2m")
            .withBean(RpcClientInterceptor.class, () -> (call, next) -> {
                left.set(call.deadline().remaining());
                return CompletableFuture.completedFuture(RpcReply.of(LoginResponse.getDefaultInstance()));
            });

    @Test
    void theCallGoesFirst() {
        application
                .withPropertyValues(METHOD, SERVICE, CLIENT)
                .withBean(Annotated.class)
                .run(context -> {
                    context.getBean(Annotated.class)
                            .users
                            .with(options -> options.timeout(Duration.ofSeconds(30)))
                            .login(LOGIN);

                    assertTimeout(Duration.ofSeconds(30));
                });
    }

    @Test
    void thenThePropertyOfTheMethod() {
        application
                .withPropertyValues(METHOD, SERVICE, CLIENT)
                .withBean(Annotated.class)
                .run(context -> {
                    context.getBean(Annotated.class).users.login(LOGIN);

                    assertTimeout(Duration.ofSeconds(40));
                });
    }

    @Test
    void thenThePropertyOfTheService() {
        application
                .withPropertyValues(SERVICE, CLIENT)
                .withBean(Annotated.class)
                .run(context -> {
                    context.getBean(Annotated.class).users.login(LOGIN);

                    assertTimeout(Duration.ofSeconds(50));
                });
    }

    @Test
    void thenTheAnnotation() {
        application.withPropertyValues(CLIENT).withBean(Annotated.class).run(context -> {
            context.getBean(Annotated.class).users.login(LOGIN);

            assertTimeout(Duration.ofSeconds(60));
        });
    }

    @Test
    void theAnnotationMayHoldAPlaceholder() {
        application
                .withPropertyValues("slow=65s")
                .withBean(WithPlaceholder.class)
                .run(context -> {
                    context.getBean(WithPlaceholder.class).users.login(LOGIN);

                    assertTimeout(Duration.ofSeconds(65));
                });
    }

    @Test
    void thenThePropertyOfAllClients() {
        application.withPropertyValues(CLIENT).withBean(Plain.class).run(context -> {
            context.getBean(Plain.class).users.login(LOGIN);

            assertTimeout(Duration.ofSeconds(70));
        });
    }

    @Test
    void andElseASecond() {
        application.withBean(Plain.class).run(context -> {
            context.getBean(Plain.class).users.login(LOGIN);

            assertTimeout(Duration.ofSeconds(1));
        });
    }

    @Test
    void anEnvironmentVariableReachesAMethod() {
        application
                .withInitializer(
                        context -> TestPropertyValues.of("RPC_CLIENT_SERVICES_USERSERVICE_METHODS_LOGIN_TIMEOUT=45s")
                                .applyTo(context.getEnvironment(), Type.SYSTEM_ENVIRONMENT))
                .withBean(Annotated.class)
                .run(context -> {
                    context.getBean(Annotated.class).users.login(LOGIN);

                    assertTimeout(Duration.ofSeconds(45));
                });
    }

    /** All else that is set is longer, and the default less than a tenth: a slow test may use up most of the time. */
    private void assertTimeout(Duration timeout) {
        assertThat(left.get()).isLessThanOrEqualTo(timeout).isGreaterThan(timeout.dividedBy(10));
    }

    static class Annotated {
        @RpcReference(timeout = "60s")
        UserService users;
    }

    static class WithPlaceholder {
        @RpcReference(timeout = "${slow}")
        UserService users;
    }

    static class Plain {
        @RpcReference
        UserService users;
    }
}
