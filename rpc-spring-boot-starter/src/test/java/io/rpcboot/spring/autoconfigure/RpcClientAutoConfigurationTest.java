package io.rpcboot.spring.autoconfigure;

import static io.rpcboot.spring.test.Calls.LOGIN;
import static io.rpcboot.spring.test.Calls.servedBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rpcboot.Endpoint;
import io.rpcboot.Invoker;
import io.rpcboot.RpcCall;
import io.rpcboot.RpcException;
import io.rpcboot.RpcReply;
import io.rpcboot.RpcStatus;
import io.rpcboot.client.RpcClient;
import io.rpcboot.demo.proto.LoginResponse;
import io.rpcboot.demo.proto.UserService;
import io.rpcboot.demo.proto.UserServiceAsync;
import io.rpcboot.naming.EndpointResolver;
import io.rpcboot.spring.RpcClientCustomizer;
import io.rpcboot.spring.RpcClientInterceptor;
import io.rpcboot.spring.RpcReference;
import io.rpcboot.spring.client.InvalidReferenceException;
import io.rpcboot.spring.client.NoEndpointException;
import io.rpcboot.spring.client.UnknownMethodException;
import io.rpcboot.spring.server.RpcServerLifecycle;
import io.rpcboot.spring.test.Applications;
import io.rpcboot.spring.test.Users;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

@ExtendWith(OutputCaptureExtension.class)
class RpcClientAutoConfigurationTest {

    private final ApplicationContextRunner application =
            Applications.inOneProcess().withBean(Users.class);

    @ParameterizedTest
    @CsvSource({
        "peak-ewma, PeakEwma",
        "least-loaded, LeastLoaded",
        "round-robin, RoundRobin",
        "consistent-hash, ConsistentHash"
    })
    void aBalancerIsChosenByName(String name, String type) {
        application
                .withPropertyValues("rpc.client.load-balancer=" + name)
                .withBean(ByConstructor.class)
                .run(context -> {
                    Applications.ready(context);
                    RpcProperties.LoadBalancing kind =
                            context.getBean(RpcProperties.class).client().loadBalancer();

                    assertThat(RpcClientAutoConfiguration.balancer(kind)
                                    .get()
                                    .getClass()
                                    .getSimpleName())
                            .isEqualTo(type);
                    assertThat(servedBy(context.getBean(ByConstructor.class).users))
                            .isEqualTo("users");
                });
    }

    @Test
    void anInjectedReferenceIsLookedUpFromTheStartOn() {
        List<String> watched = new ArrayList<>();
        EndpointResolver resolver = (service, onChange) -> {
            watched.add(service);
            return () -> {};
        };

        Applications.plain()
                .withBean(EndpointResolver.class, () -> resolver)
                .withBean(ByConstructor.class)
                .run(context -> assertThat(watched).containsExactly("demo.UserService"));
    }

    @Test
    void aBalancerIsChosenWithoutSayingAnything() {
        application.run(context -> assertThat(
                        context.getBean(RpcProperties.class).client().loadBalancer())
                .isEqualTo(RpcProperties.LoadBalancing.PEAK_EWMA));
    }

    @ParameterizedTest
    @CsvSource({"version, 2", "group, blue", "tag, canary"})
    void onlyEndpointsOfTheWantedVersionGroupAndTagAreCalled(String what, String wanted) {
        String client = "rpc.client.services.UserService." + what + '=' + wanted;
        application
                .withBean(ByConstructor.class)
                .withPropertyValues(client, "rpc.server." + what + '=' + wanted)
                .run(context -> {
                    Applications.ready(context);

                    assertThat(servedBy(context.getBean(ByConstructor.class).users))
                            .isEqualTo("users");
                });
        application
                .withBean(ByConstructor.class)
                .withPropertyValues(client, "rpc.server." + what + "=other")
                .run(context -> {
                    Applications.ready(context);

                    RpcException failure = catchThrowableOfType(
                            RpcException.class, () -> servedBy(context.getBean(ByConstructor.class).users));
                    assertThat(failure).hasMessageContaining(what + " '" + wanted + '\'');
                });
    }

    @Test
    void aReferenceMayStandAtAConstructorParameter() {
        application.withBean(ByConstructor.class).run(context -> {
            Applications.ready(context);

            assertThat(servedBy(context.getBean(ByConstructor.class).users)).isEqualTo("users");
        });
    }

    @Test
    void aReferenceMayStandAtAField() {
        application.withBean(ByField.class).run(context -> {
            Applications.ready(context);

            LoginResponse response =
                    context.getBean(ByField.class).users.login(LOGIN).join();

            assertThat(response.getServedBy()).isEqualTo("users");
        });
    }

    @Test
    void aReferenceMayStandAtASetter() {
        application.withBean(BySetter.class).run(context -> {
            Applications.ready(context);

            assertThat(servedBy(context.getBean(BySetter.class).users)).isEqualTo("users");
        });
    }

    @Test
    void aReferenceMayStandAtAParameterOfABeanMethod() {
        application.withUserConfiguration(ByBeanMethod.class).run(context -> {
            Applications.ready(context);

            assertThat(servedBy(context.getBean(Holder.class).users)).isEqualTo("users");
        });
    }

    @Test
    void aReferenceMayBeAskedForLater() {
        application.withBean(ByProvider.class).run(context -> {
            Applications.ready(context);

            assertThat(servedBy(context.getBean(ByProvider.class).users.getObject()))
                    .isEqualTo("users");
        });
    }

    @Test
    void nothingIsOpenedInAnApplicationThatCallsNobody() {
        application.run(context -> assertThat(context.getBeanFactory().containsSingleton("rpcClient"))
                .isFalse());
    }

    @Test
    void theLogSaysWhatWasInjected(CapturedOutput output) {
        application
                .withBean(ByField.class)
                .run(context -> assertThat(output)
                        .contains("ByField.users gets a client of the remote service demo.UserService"));
    }

    @Test
    void aTypeThatWasNotGeneratedStopsTheStart() {
        application
                .withBean(WrongType.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(InvalidReferenceException.class)
                        .hasMessageContaining("WrongType.users")
                        .hasMessageContaining("java.lang.Runnable"));
    }

    @Test
    void aReferenceIsRefusedWhereClientsAreSwitchedOff() {
        application
                .withPropertyValues("rpc.client.enabled=false")
                .withBean(ByField.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(InvalidReferenceException.class)
                        .hasMessageContaining("switched off"));
    }

    @Test
    void fixedAddressesNeedNoNaming() {
        ApplicationContextRunner overTcp =
                Applications.plain().withPropertyValues("rpc.server.port=0", "rpc.client.timeout=30s");
        overTcp.withBean(Users.class).run(server -> {
            int port = server.getBean(RpcServerLifecycle.class).port();
            overTcp.withPropertyValues(
                            "rpc.client.services[demo.UserService].addresses=127.0.0.1:1,127.0.0.1:" + port,
                            "rpc.client.services[demo.UserService].check=true")
                    .withBean(ByConstructor.class)
                    .run(client -> {
                        assertThat(client.getBean(RpcClient.class).endpoints("demo.UserService"))
                                .containsExactly(Endpoint.of("127.0.0.1", 1), Endpoint.of("127.0.0.1", port));
                        assertThat(servedBy(client.getBean(ByConstructor.class).users))
                                .isEqualTo("users");
                    });
        });
    }

    @Test
    void aServiceIsFoundUnderItsShortNameInAnyCase() {
        application
                .withPropertyValues("rpc.client.services.userservice.addresses=10.0.0.1:8000")
                .withBean(ByConstructor.class)
                .run(context -> assertThat(context.getBean(RpcClient.class).endpoints("demo.UserService"))
                        .containsExactly(Endpoint.of("10.0.0.1", 8000)));
    }

    @Test
    void theFullNameGoesBeforeTheShortOne() {
        application
                .withPropertyValues(
                        "rpc.client.services.userservice.addresses=10.0.0.1:8000",
                        "rpc.client.services[demo.UserService].addresses=10.0.0.2:8000")
                .withBean(ByConstructor.class)
                .run(context -> assertThat(context.getBean(RpcClient.class).endpoints("demo.UserService"))
                        .containsExactly(Endpoint.of("10.0.0.2", 8000)));
    }

    @Test
    void aMethodThatTheServiceDoesNotHaveStopsTheStart() {
        application
                .withPropertyValues("rpc.client.services.UserService.methods.Logn.timeout=1s")
                .withBean(ByConstructor.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(UnknownMethodException.class)
                        .hasMessageContaining("Logn"));
    }

    @Test
    void settingsOfAServiceThatNobodyRefersToAreWarnedOf(CapturedOutput output) {
        application
                .withPropertyValues("rpc.client.services.UserServise.timeout=1s")
                .withBean(ByConstructor.class)
                .run(context -> assertThat(output).contains("rpc.client.services.UserServise is configured, but no"));
    }

    @Test
    void aReferenceThatIsCheckedStopsTheStartWithoutAnEndpoint() {
        Applications.inOneProcess()
                .withPropertyValues("rpc.registry.initial-timeout=10ms")
                .withBean(Checked.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(NoEndpointException.class)
                        .hasMessageContaining("demo.UserService"));
    }

    @Test
    void aServiceThatIsCheckedStopsTheStartWithoutAnEndpoint() {
        Applications.inOneProcess()
                .withPropertyValues("rpc.registry.initial-timeout=10ms", "rpc.client.services.UserService.check=true")
                .withBean(ByField.class)
                .run(context -> assertThat(context).getFailure().isInstanceOf(NoEndpointException.class));
    }

    @Test
    void withoutNamingACallFailsAndTheStartDoesNot() {
        Applications.plain().withBean(ByConstructor.class).run(context -> {
            UserService users = context.getBean(ByConstructor.class).users;

            RpcException failure = catchThrowableOfType(RpcException.class, () -> users.login(LOGIN));

            assertThat(failure.status()).isEqualTo(RpcStatus.UNAVAILABLE);
        });
    }

    @Test
    void interceptorsRunInTheirOrderForTheServicesTheyApplyTo() {
        List<String> seen = new ArrayList<>();
        application
                .withBean("seen", List.class, () -> seen)
                .withUserConfiguration(Interceptors.class)
                .withBean(ByConstructor.class)
                .run(context -> {
                    Applications.ready(context);

                    servedBy(context.getBean(ByConstructor.class).users);

                    assertThat(seen).containsExactly("first demo.UserService", "second demo.UserService");
                });
    }

    @Test
    void aCustomizerHasTheLastWord() {
        application
                .withBean(
                        RpcClientCustomizer.class,
                        () -> client -> client.interceptor((call, next) -> {
                            throw new RpcException(RpcStatus.CANCELLED, "customized");
                        }))
                .withBean(ByConstructor.class)
                .run(context -> {
                    RpcException failure = catchThrowableOfType(
                            RpcException.class,
                            () -> context.getBean(ByConstructor.class).users.login(LOGIN));

                    assertThat(failure.description()).isEqualTo("customized");
                });
    }

    static class ByConstructor {
        final UserService users;

        ByConstructor(@RpcReference UserService users) {
            this.users = users;
        }
    }

    static class ByField {
        @RpcReference
        UserServiceAsync users;
    }

    static class BySetter {
        UserService users;

        @RpcReference
        void setUsers(UserService users) {
            this.users = users;
        }
    }

    static class ByProvider {
        @RpcReference
        ObjectProvider<UserService> users;
    }

    static class WrongType {
        @RpcReference
        Runnable users;
    }

    static class Checked {
        @RpcReference(check = true)
        UserService users;
    }

    record Holder(UserService users) {}

    @Configuration(proxyBeanMethods = false)
    static class ByBeanMethod {
        @Bean
        Holder holder(@RpcReference UserService users) {
            return new Holder(users);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Interceptors {
        @Bean
        RpcClientInterceptor second(List<String> seen) {
            return new Recording("second", 2, Optional.empty(), seen);
        }

        @Bean
        RpcClientInterceptor first(List<String> seen) {
            return new Recording("first", 1, Optional.of("demo.UserService"), seen);
        }

        @Bean
        RpcClientInterceptor other(List<String> seen) {
            return new Recording("other", 3, Optional.of("demo.EchoService"), seen);
        }
    }

    record Recording(String name, int getOrder, Optional<String> service, List<String> seen)
            implements RpcClientInterceptor, Ordered {
        @Override
        public CompletableFuture<RpcReply> intercept(RpcCall call, Invoker next) {
            seen.add(name + ' ' + call.method().service());
            return next.invoke(call);
        }

        @Override
        public boolean appliesTo(String candidate) {
            return service.isEmpty() || service.get().equals(candidate);
        }
    }
}
