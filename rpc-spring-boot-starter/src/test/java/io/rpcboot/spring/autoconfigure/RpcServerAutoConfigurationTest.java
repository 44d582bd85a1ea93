package io.rpcboot.spring.autoconfigure;

import static io.rpcboot.spring.test.Calls.GET_USER;
import static io.rpcboot.spring.test.Calls.LOGIN;
import static io.rpcboot.spring.test.Calls.REGISTER;
import static io.rpcboot.spring.test.Calls.servedBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

import io.rpcboot.CallGate;
import io.rpcboot.Endpoint;
import io.rpcboot.EndpointStatus;
import io.rpcboot.Interceptor;
import io.rpcboot.Invoker;
import io.rpcboot.RpcCall;
import io.rpcboot.RpcException;
import io.rpcboot.RpcReply;
import io.rpcboot.RpcStatus;
import io.rpcboot.demo.proto.EchoRequest;
import io.rpcboot.demo.proto.EchoService;
import io.rpcboot.demo.proto.UserService;
import io.rpcboot.naming.InMemoryNaming;
import io.rpcboot.server.AdmissionOptions;
import io.rpcboot.server.DrainOptions;
import io.rpcboot.server.ExceptionMapper;
import io.rpcboot.server.Execution;
import io.rpcboot.spring.RpcClientFactory;
import io.rpcboot.spring.RpcServerCustomizer;
import io.rpcboot.spring.RpcServerInterceptor;
import io.rpcboot.spring.RpcService;
import io.rpcboot.spring.server.RpcServerLifecycle;
import io.rpcboot.spring.server.ServedSettings;
import io.rpcboot.spring.server.ServerSettings;
import io.rpcboot.spring.test.Applications;
import io.rpcboot.spring.test.AsyncEcho;
import io.rpcboot.spring.test.PlainUsers;
import io.rpcboot.spring.test.Users;
import io.rpcboot.transport.AbuseLimits;
import io.rpcboot.transport.ConnectionLimits;
import io.rpcboot.transport.ServerLimits;
import io.rpcboot.transport.ServerTimeouts;
import io.rpcboot.transport.TransportOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

@ExtendWith(OutputCaptureExtension.class)
class RpcServerAutoConfigurationTest {

    private final ApplicationContextRunner application = Applications.inOneProcess();

    @Test
    void theStopIsAsInTheCoreUnlessPropertiesSayOtherwise() {
        application.withPropertyValues("rpc.server.shutdown.farewell=7s").run(context -> {
            RpcProperties.Shutdown shutdown =
                    context.getBean(RpcProperties.class).server().shutdown();
            DrainOptions drain = RpcServerAutoConfiguration.drain(shutdown);

            assertThat(drain.longest()).isEqualTo(Duration.ofSeconds(7));
            assertThat(drain.quiet()).isEqualTo(DrainOptions.DEFAULT.quiet());
            assertThat(drain.withdrawAtMost()).isEqualTo(DrainOptions.DEFAULT.withdrawAtMost());
            assertThat(DrainOptions.DEFAULT.longest()).isEqualTo(Duration.ofSeconds(5));
        });
    }

    @Test
    void aServiceBeanIsServed() {
        application.withBean(Users.class).run(context -> {
            Applications.ready(context);

            assertThat(servedBy(users(context))).isEqualTo("users");
        });
    }

    @Test
    void thereIsNoServerWithoutAService() {
        application.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(RpcServerLifecycle.class));
    }

    @Test
    void thereIsNoServerWhenItIsSwitchedOff() {
        application
                .withBean(Users.class)
                .withPropertyValues("rpc.server.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(RpcServerLifecycle.class));
    }

    @Test
    void aBeanMethodMayCarryTheAnnotation() {
        application.withUserConfiguration(ByBeanMethod.class).run(context -> {
            Applications.ready(context);

            assertThat(servedBy(users(context))).isEqualTo("by bean method");
        });
    }

    @Test
    void anAsynchronousImplementationIsServed() {
        application.withBean(AsyncEcho.class).run(context -> {
            Applications.ready(context);
            EchoService echo = context.getBean(RpcClientFactory.class).client(EchoService.class);

            assertThat(echo.echo(EchoRequest.getDefaultInstance()).getServedBy())
                    .isEqualTo("async");
        });
    }

    @Test
    void aBeanBehindAnInterfaceProxyIsServed() {
        application.withUserConfiguration(InterfaceProxy.class).run(context -> {
            Applications.ready(context);

            assertThat(servedBy(users(context))).isEqualTo("behind a proxy");
        });
    }

    @Test
    void aBeanBehindAClassProxyIsServed() {
        application.withUserConfiguration(ClassProxy.class).run(context -> {
            Applications.ready(context);

            assertThat(servedBy(users(context))).isEqualTo("behind a proxy");
        });
    }

    @Test
    void lazyInitialisationDoesNotHideServices() {
        application
                .withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .withBean(Users.class)
                .run(context -> {
                    Applications.ready(context);

                    assertThat(servedBy(users(context))).isEqualTo("users");
                });
    }

    @Test
    void nothingIsAnnouncedBeforeTheApplicationIsReady() {
        application.withBean(Users.class).run(context -> {
            assertThat(announced(context)).isEmpty();

            Applications.ready(context);

            assertThat(announced(context)).singleElement().satisfies(endpoint -> {
                assertThat(endpoint.port())
                        .isEqualTo(context.getBean(RpcServerLifecycle.class).port());
                assertThat(endpoint.attributes().status()).isEqualTo(EndpointStatus.READY);
            });
        });
    }

    @Test
    void anApplicationThatRefusesTrafficSaysSoAndTakesItBack() {
        application.withBean(Users.class).run(context -> {
            Applications.ready(context);

            AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
            assertThat(announced(context))
                    .extracting(endpoint -> endpoint.attributes().status())
                    .containsExactly(EndpointStatus.NOT_READY);

            Applications.ready(context);
            assertThat(announced(context))
                    .extracting(endpoint -> endpoint.attributes().status())
                    .containsExactly(EndpointStatus.READY);
        });
    }

    @Test
    void whatIsAnnouncedComesFromTheProperties() {
        application
                .withBean(Users.class)
                .withPropertyValues(
                        "spring.application.name=user-service",
                        "rpc.server.advertised-host=users.example",
                        "rpc.server.advertised-port=9000",
                        "rpc.server.weight=50",
                        "rpc.server.version=2",
                        "rpc.server.group=blue",
                        "rpc.server.zone=west")
                .run(context -> {
                    Applications.ready(context);

                    Endpoint endpoint = announced(context).get(0);
                    assertThat(endpoint.address()).isEqualTo("users.example:9000");
                    assertThat(endpoint.attributes().application()).isEqualTo("user-service");
                    assertThat(endpoint.attributes().weight()).isEqualTo(50);
                    assertThat(endpoint.attributes().version()).isEqualTo("2");
                    assertThat(endpoint.attributes().group()).isEqualTo("blue");
                    assertThat(endpoint.attributes().zone()).isEqualTo("west");
                    assertThat(endpoint.attributes().incarnation()).isPositive();
                });
    }

    @Test
    void theNameUnderRpcGoesBeforeThatOfTheApplication() {
        application
                .withBean(Users.class)
                .withPropertyValues("spring.application.name=one", "rpc.application=other")
                .run(context -> {
                    Applications.ready(context);

                    assertThat(announced(context).get(0).attributes().application())
                            .isEqualTo("other");
                });
    }

    @Test
    void theServerIsWithdrawnWhenTheContextStopsAndIsBackWhenItStartsAgain() {
        application
                .withPropertyValues("rpc.server.shutdown.grace-period=0s")
                .withBean(Users.class)
                .run(context -> {
                    Applications.ready(context);

                    context.getSourceApplicationContext().stop();
                    assertThat(announced(context)).isEmpty();

                    context.getSourceApplicationContext().start();
                    assertThat(announced(context)).hasSize(1);
                    assertThat(servedBy(users(context))).isEqualTo("users");
                });
    }

    @Test
    void theBoundPortIsAPropertyOfTheEnvironment() {
        application.withBean(Users.class).run(context -> {
            int port = context.getBean(RpcServerLifecycle.class).port();

            assertThat(context.getEnvironment().getProperty("local.rpc.port", Integer.class))
                    .isEqualTo(port);
        });
    }

    @Test
    void interceptorsRunInTheirOrderTheOnesOfTheServiceLast() {
        List<String> seen = new ArrayList<>();
        application
                .withBean("seen", List.class, () -> seen)
                .withUserConfiguration(Interceptors.class)
                .run(context -> {
                    Applications.ready(context);

                    users(context).login(LOGIN);

                    assertThat(seen).containsExactly("first", "second", "own");
                });
    }

    @Test
    void anExceptionMapperChoosesWhatCallersSee() {
        application
                .withBean(Users.class)
                .withBean(
                        ExceptionMapper.class,
                        () -> failure -> failure instanceof IllegalStateException
                                ? new RpcException(RpcStatus.ABORTED, "mapped")
                                : null)
                .run(context -> {
                    Applications.ready(context);

                    RpcException failure = catchThrowableOfType(
                            RpcException.class, () -> users(context).register(REGISTER));

                    assertThat(failure.status()).isEqualTo(RpcStatus.ABORTED);
                    assertThat(failure.description()).isEqualTo("mapped");
                });
    }

    @Test
    void theTextOfUnknownExceptionsStaysInTheServer() {
        application.withBean(Users.class).run(context -> {
            Applications.ready(context);

            RpcException failure = catchThrowableOfType(
                    RpcException.class, () -> users(context).register(REGISTER));

            assertThat(failure.status()).isEqualTo(RpcStatus.INTERNAL);
            assertThat(failure).hasMessageNotContaining("secret");
        });
    }

    @Test
    void theTextOfUnknownExceptionsIsShownWhereItIsWanted() {
        application
                .withBean(Users.class)
                .withPropertyValues("rpc.server.expose-error-text=true")
                .run(context -> {
                    Applications.ready(context);

                    RpcException failure = catchThrowableOfType(
                            RpcException.class, () -> users(context).register(REGISTER));

                    assertThat(failure).hasMessageContaining("secret of the database");
                });
    }

    @Test
    void aGateRefusesCalls() {
        application
                .withBean(Users.class)
                .withBean(CallGate.class, () -> call -> {
                    throw new RpcException(RpcStatus.PERMISSION_DENIED, "closed");
                })
                .run(context -> {
                    Applications.ready(context);

                    RpcException failure = catchThrowableOfType(
                            RpcException.class, () -> users(context).login(LOGIN));

                    assertThat(failure.status()).isEqualTo(RpcStatus.PERMISSION_DENIED);
                });
    }

    @Test
    void aCustomizerHasTheLastWord() {
        application
                .withBean(Users.class)
                .withBean(RpcServerCustomizer.class, () -> server -> server.exposeErrorText(true))
                .run(context -> {
                    Applications.ready(context);

                    RpcException failure = catchThrowableOfType(
                            RpcException.class, () -> users(context).register(REGISTER));

                    assertThat(failure).hasMessageContaining("secret of the database");
                });
    }

    @Test
    void methodsRunOnWorkersUnlessTheServiceAsksForTheEventLoop() {
        application.withBean(Users.class).run(context -> {
            Applications.ready(context);
            assertThat(users(context).getUser(GET_USER).getServedBy()).contains("rpc-worker");
        });
        application.withUserConfiguration(OnTheEventLoop.class).run(context -> {
            Applications.ready(context);
            assertThat(users(context).getUser(GET_USER).getServedBy()).contains("rpc-io");
        });
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void methodsRunOnVirtualThreadsWhereBootIsToldToUseThem() {
        application
                .withBean(Users.class)
                .withPropertyValues("spring.threads.virtual.enabled=true")
                .run(context -> {
                    Applications.ready(context);

                    assertThat(users(context).getUser(GET_USER).getServedBy())
                            .startsWith("VirtualThread")
                            .contains("rpc-worker");
                });
    }

    @Test
    void aGracePeriodThatSpringDoesNotGrantIsWarnedOf(CapturedOutput output) {
        application
                .withBean(Users.class)
                .withPropertyValues(
                        "rpc.server.shutdown.grace-period=40s", "spring.lifecycle.timeout-per-shutdown-phase=35s")
                .run(context -> assertThat(output)
                        .contains("rpc.server.shutdown.grace-period is 40s")
                        .contains("spring.lifecycle.timeout-per-shutdown-phase"));
    }

    @Test
    void aServerThatListensBeyondLoopbackSaysThatItSpeaksPlainText(CapturedOutput output) {
        application.withBean(Users.class).run(context -> assertThat(output).contains("speaks plain text"));
    }

    @Test
    void aServerThatListensOnLoopbackOnlySaysNothing(CapturedOutput output) {
        application
                .withPropertyValues("rpc.server.address=127.0.0.1")
                .withBean(Users.class)
                .run(context -> assertThat(output).doesNotContain("plain text"));
    }

    @Test
    void limitsComeFromTheProperties() {
        application
                .withPropertyValues(
                        "rpc.server.queue.target=30ms",
                        "rpc.server.queue.interval=200ms",
                        "rpc.server.max-unanswered-size-per-connection=1MB",
                        "rpc.server.max-unanswered-size=2MB",
                        "rpc.server.max-connections=400",
                        "rpc.server.max-connections-per-address=40",
                        "rpc.server.first-frame-timeout=4s",
                        "rpc.server.frame-timeout=5s",
                        "rpc.server.min-frame-rate=1KB",
                        "rpc.server.silence-timeout=20s",
                        "rpc.server.unwritable-timeout=3s",
                        "rpc.server.max-pings-per-second=6",
                        "rpc.server.max-cancels=7",
                        "rpc.server.max-unknown-methods=8",
                        "rpc.server.services[demo.UserService].max-concurrent-calls=7")
                .withBean(Users.class)
                .run(context -> {
                    Applications.ready(context);
                    ServerSettings settings = context.getBean(ServerSettings.class);

                    assertThat(settings.admission())
                            .isEqualTo(new AdmissionOptions(Duration.ofMillis(30), Duration.ofMillis(200)));
                    assertThat(settings.limits())
                            .isEqualTo(new ServerLimits(
                                    1 << 20,
                                    2 << 20,
                                    new ConnectionLimits(400, 40),
                                    new ServerTimeouts(
                                            Duration.ofSeconds(4),
                                            Duration.ofSeconds(5),
                                            1024,
                                            Duration.ofSeconds(20),
                                            Duration.ofSeconds(3)),
                                    new AbuseLimits(6, 7, 8)));
                    assertThat(settings.services())
                            .containsExactly(entry("demo.UserService", new ServedSettings(7, null)));
                    assertThat(servedBy(users(context))).isEqualTo("users");
                });
    }

    @Test
    void thereAreLimitsWithoutAnyProperty() {
        application.withBean(Users.class).run(context -> {
            assertThat(context.getBean(ServerSettings.class).limits()).isEqualTo(ServerLimits.defaults());
            assertThat(context.getBean(RpcProperties.class).server().maxCallsPerConnection())
                    .isEqualTo(TransportOptions.DEFAULT.maxCalls());
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rpc.server.max-connections=0",
                "rpc.server.max-connections-per-address=0",
                "rpc.server.first-frame-timeout=0s",
                "rpc.server.frame-timeout=0s",
                "rpc.server.min-frame-rate=0B",
                "rpc.server.silence-timeout=14s",
                "rpc.server.unwritable-timeout=0s",
                "rpc.server.max-pings-per-second=0",
                "rpc.server.max-cancels=0",
                "rpc.server.max-unknown-methods=0",
                "rpc.server.max-calls-per-connection=0"
            })
    void aLimitThatNobodyCanKeepToStopsTheStart(String property) {
        application
                .withPropertyValues(property)
                .withBean(Users.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining(property.substring(0, property.indexOf('='))));
    }

    @Test
    void anIntervalBelowTheTargetStopsTheStart() {
        application
                .withPropertyValues("rpc.server.queue.target=200ms")
                .withBean(Users.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("rpc.server.queue.interval")
                        .hasMessageContaining("rpc.server.queue.target"));
    }

    @Test
    void settingsOfAServiceThatIsNotOfferedAreWarnedOf(CapturedOutput output) {
        application
                .withPropertyValues(
                        "rpc.server.services.UserServise.max-concurrent-calls=7",
                        "rpc.server.services.userservice.max-concurrent-calls=7")
                .withBean(Users.class)
                .run(context -> assertThat(output)
                        .contains("rpc.server.services.UserServise is configured")
                        .doesNotContain("rpc.server.services.userservice is configured"));
    }

    private static UserService users(ApplicationContext context) {
        return context.getBean(RpcClientFactory.class).client(UserService.class);
    }

    private static List<Endpoint> announced(ApplicationContext context) {
        List<Endpoint> endpoints = new ArrayList<>();
        context.getBean(InMemoryNaming.class)
                .watch("demo.UserService", endpoints::addAll)
                .close();
        return endpoints;
    }

    @Configuration(proxyBeanMethods = false)
    static class ByBeanMethod {
        @Bean
        @RpcService
        UserService users() {
            return new PlainUsers("by bean method");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class InterfaceProxy {
        @Bean
        @RpcService
        UserService users() {
            ProxyFactory proxy = new ProxyFactory(new PlainUsers("behind a proxy"));
            proxy.setInterfaces(UserService.class);
            return (UserService) proxy.getProxy();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ClassProxy {
        @Bean
        @RpcService
        UserService users() {
            ProxyFactory proxy = new ProxyFactory(new PlainUsers("behind a proxy"));
            proxy.setProxyTargetClass(true);
            return (UserService) proxy.getProxy();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OnTheEventLoop {
        @Bean
        @RpcService(execution = Execution.EVENT_LOOP)
        UserService users() {
            return new PlainUsers("on the event loop");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Interceptors {
        @Bean
        @RpcService(interceptors = Own.class)
        UserService users() {
            return new PlainUsers("users");
        }

        @Bean
        @Order(2)
        RpcServerInterceptor second(List<String> seen) {
            return (call, next) -> {
                seen.add("second");
                return next.invoke(call);
            };
        }

        @Bean
        @Order(1)
        RpcServerInterceptor first(List<String> seen) {
            return (call, next) -> {
                seen.add("first");
                return next.invoke(call);
            };
        }

        @Bean
        RpcServerInterceptor forOthers() {
            return new RpcServerInterceptor() {
                @Override
                public CompletableFuture<RpcReply> intercept(RpcCall call, Invoker next) {
                    throw new IllegalStateException("not for this service");
                }

                @Override
                public boolean appliesTo(String service) {
                    return service.equals("demo.EchoService");
                }
            };
        }

        @Bean
        Own own(List<String> seen) {
            return new Own(seen);
        }
    }

    record Own(List<String> seen) implements Interceptor {
        @Override
        public CompletableFuture<RpcReply> intercept(RpcCall call, Invoker next) {
            seen.add("own");
            return next.invoke(call);
        }
    }
}
