package io.rpcboot.spring;

import static io.rpcboot.test.generic.GenericUsers.LOGIN;
import static io.rpcboot.test.generic.GenericUsers.answer;
import static io.rpcboot.test.generic.GenericUsers.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.BlockingService;
import com.google.protobuf.RpcCallback;
import com.google.protobuf.RpcController;
import com.google.protobuf.Service;
import com.google.protobuf.ServiceException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rpcboot.RpcStream;
import io.rpcboot.spring.client.UnknownMethodException;
import io.rpcboot.spring.server.DuplicateServiceException;
import io.rpcboot.spring.test.Applications;
import io.rpcboot.test.Probe;
import io.rpcboot.test.ProbeService;
import io.rpcboot.test.Text;
import io.rpcboot.test.generic.Fixbug.LoginRequest;
import io.rpcboot.test.generic.Fixbug.LoginResponse;
import io.rpcboot.test.generic.Fixbug.RegisterRequest;
import io.rpcboot.test.generic.Fixbug.RegisterResponse;
import io.rpcboot.test.generic.Fixbug.UserServiceRpc;
import io.rpcboot.test.generic.GenericProbe;
import io.rpcboot.test.generic.GenericUsers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Contracts with java_generic_services: code that protoc makes without our plugin. */
class GenericServicesTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final ApplicationContextRunner application =
            Applications.inOneProcess().withBean(Caller.class);

    @ParameterizedTest
    @ValueSource(
            classes = {
                Extending.class,
                AsyncInterface.class,
                BlockingInterface.class,
                AnyService.class,
                AnyBlockingService.class,
                ClassProxy.class
            })
    void servicesOfAllKindsAreServedToBothKindsOfReferences(Class<?> kind) {
        application.withUserConfiguration(kind).run(context -> {
            Applications.ready(context);
            Caller caller = context.getBean(Caller.class);
            CompletableFuture<LoginResponse> reply = new CompletableFuture<>();

            caller.async.login(null, LOGIN, reply::complete);

            String expected = kind.getSimpleName() + " knows zhang";
            assertThat(text(caller.blocking.login(null, LOGIN))).isEqualTo(expected);
            assertThat(reply)
                    .succeedsWithin(LONG)
                    .satisfies(it -> assertThat(text(it)).isEqualTo(expected));
        });
    }

    @Test
    void adviceOfAClassProxyIsRun() {
        application.withUserConfiguration(ClassProxy.class).run(context -> {
            Applications.ready(context);

            context.getBean(Caller.class).blocking.login(null, LOGIN);

            assertThat(context.getBean(AtomicInteger.class)).hasValue(1);
        });
    }

    @Test
    void aServiceThatIsAComponentIsServed() {
        application.withBean(Component.class).run(context -> {
            Applications.ready(context);

            assertThat(text(context.getBean(Caller.class).blocking.login(null, LOGIN)))
                    .isEqualTo("component knows zhang");
        });
    }

    @Test
    void aBeanOfTheTypeStandsInForTheClient() {
        application
                .withBean(GenericUsers.Blocking.class, (GenericUsers.BlockingLogin)
                        (controller, request) -> answer("stand-in", request))
                .run(context -> assertThat(
                                text(context.getBean(Caller.class).blocking.login(null, LOGIN)))
                        .isEqualTo("stand-in knows zhang"));
    }

    @Test
    void importedClientsOfTheNestedInterfacesDoNotStandIn() {
        Applications.inOneProcess()
                .withUserConfiguration(Importing.class, BlockingInterface.class)
                .withBean(HurriedCaller.class, HurriedCaller::new, definition -> definition.setLazyInit(true))
                .run(context -> {
                    Applications.ready(context);
                    Class<UserServiceRpc.BlockingInterface> type = UserServiceRpc.BlockingInterface.class;
                    UserServiceRpc.BlockingInterface imported = context.getBean(type.getName(), type);

                    assertThat(text(imported.login(null, LOGIN))).isEqualTo("BlockingInterface knows zhang");
                    assertThat(context.getBean(HurriedCaller.class).users).isNotSameAs(imported);
                });
    }

    @Test
    void aBeanWithBothKindsOfCodeForOneServiceIsServedByThatOfThePlugin() {
        Applications.inOneProcess().withBean(BothKinds.class).run(context -> {
            Applications.ready(context);
            RpcClientFactory clients = context.getBean(RpcClientFactory.class);

            assertThat(clients.client(Probe.class).echo(ProbeService.text("hi")))
                    .isEqualTo(ProbeService.text("plugin"));
            assertThat(clients.client(GenericProbe.Probe.BlockingInterface.class)
                            .echo(null, GenericProbe.Text.getDefaultInstance())
                            .getText())
                    .isEqualTo("plugin");
        });
    }

    @Test
    void aBeanOfBothStylesIsRefused() {
        Applications.inOneProcess()
                .withBean(BothStyles.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(DuplicateServiceException.class)
                        .hasMessageContaining("fixbug.UserServiceRpc"));
    }

    @Test
    void methodsAreConfiguredAndCheckedByTheContract() {
        application
                .withPropertyValues("rpc.client.services.UserServiceRpc.methods.Logn.timeout=1s")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(UnknownMethodException.class)
                        .hasMessageContaining("Logn"));
    }

    @Test
    void metricsHaveTheStatusThatCallersSee() {
        application
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withUserConfiguration(Refusing.class)
                .run(context -> {
                    Applications.ready(context);

                    assertThatExceptionOfType(ServiceException.class)
                            .isThrownBy(
                                    () -> context.getBean(Caller.class).blocking.login(null, LOGIN))
                            .withMessageContaining("ABORTED: wrong password");

                    assertThat(context.getBean(MeterRegistry.class)
                                    .get("rpc.server")
                                    .tag("service", "fixbug.UserServiceRpc")
                                    .tag("status", "ABORTED")
                                    .timer()
                                    .count())
                            .isEqualTo(1);
                });
    }

    static class Caller {
        @RpcReference
        UserServiceRpc.BlockingInterface blocking;

        @RpcReference
        UserServiceRpc.Interface async;
    }

    static class HurriedCaller {
        @RpcReference(timeout = "29s")
        UserServiceRpc.BlockingInterface users;
    }

    @Configuration(proxyBeanMethods = false)
    @ImportRpcClients(types = UserServiceRpc.BlockingInterface.class)
    static class Importing {}

    @Configuration(proxyBeanMethods = false)
    static class Extending {
        @Bean
        @RpcService
        UserServiceRpc users() {
            return new GenericUsers.Extending((controller, request, done) -> done.run(answer("Extending", request)));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class AsyncInterface {
        @Bean
        @RpcService
        GenericUsers.Async users() {
            return new GenericUsers.Async((controller, request, done) -> done.run(answer("AsyncInterface", request)));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class BlockingInterface {
        @Bean
        @RpcService
        GenericUsers.Blocking users() {
            return new GenericUsers.Blocking((controller, request) -> answer("BlockingInterface", request));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class AnyService {
        @Bean
        @RpcService
        Service users() {
            return UserServiceRpc.newReflectiveService(
                    new GenericUsers.Async((controller, request, done) -> done.run(answer("AnyService", request))));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class AnyBlockingService {
        @Bean
        @RpcService
        BlockingService users() {
            return GenericUsers.service((controller, request) -> answer("AnyBlockingService", request));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ClassProxy {
        @Bean
        AtomicInteger logins() {
            return new AtomicInteger();
        }

        @Bean
        @RpcService
        UserServiceRpc users(AtomicInteger logins) {
            ProxyFactory proxy = new ProxyFactory(
                    new GenericUsers.Extending((controller, request, done) -> done.run(answer("ClassProxy", request))));
            proxy.setProxyTargetClass(true);
            proxy.addAdvice((MethodInterceptor) call -> {
                if (call.getMethod().getName().equals("login")) {
                    logins.incrementAndGet();
                }
                return call.proceed();
            });
            return (UserServiceRpc) proxy.getProxy();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Refusing {
        @Bean
        @RpcService
        BlockingService users() {
            return GenericUsers.service((GenericUsers.BlockingLogin) (controller, request) -> {
                throw new ServiceException("wrong password");
            });
        }
    }

    @RpcService
    static class Component extends UserServiceRpc {
        @Override
        public void login(RpcController controller, LoginRequest request, RpcCallback<LoginResponse> done) {
            done.run(answer("component", request));
        }

        @Override
        public void register(RpcController controller, RegisterRequest request, RpcCallback<RegisterResponse> done) {
            done.run(RegisterResponse.getDefaultInstance());
        }
    }

    @RpcService
    static class BothStyles extends Component implements UserServiceRpc.Interface, UserServiceRpc.BlockingInterface {
        @Override
        public LoginResponse login(RpcController controller, LoginRequest request) {
            return answer("both", request);
        }

        @Override
        public RegisterResponse register(RpcController controller, RegisterRequest request) {
            return RegisterResponse.getDefaultInstance();
        }
    }

    @RpcService
    static class BothKinds implements Probe, GenericProbe.Probe.BlockingInterface {
        @Override
        public Text echo(Text request) {
            return ProbeService.text("plugin");
        }

        @Override
        public Text act(Text request) {
            return request;
        }

        @Override
        public RpcStream<Text> watch(Text request) {
            return ProbeService.echo().watch(request);
        }

        @Override
        public GenericProbe.Text echo(RpcController controller, GenericProbe.Text request) {
            return GenericProbe.Text.newBuilder().setText("generic").build();
        }
    }
}
