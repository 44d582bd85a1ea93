package io.rpcboot.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.rpcboot.demo.proto.UserService;
import io.rpcboot.naming.EndpointAnnouncer;
import io.rpcboot.spring.RpcReference;
import io.rpcboot.spring.RpcService;
import io.rpcboot.spring.test.Applications;
import io.rpcboot.spring.test.PlainUsers;
import io.rpcboot.spring.test.Users;
import java.net.ServerSocket;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.test.util.TestPropertyValues.Type;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;

/** The texts that people see when an application does not start: what is wrong, where, and how to mend it. */
class FailureAnalysisTest {

    private final ApplicationContextRunner application = Applications.plain();

    @Test
    void aPortThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            application
                    .withBean(Users.class)
                    .withPropertyValues("rpc.server.port=" + taken.getLocalPort())
                    .run(context -> {
                        FailureAnalysis analysis = analyse(context);

                        assertThat(analysis.getDescription())
                                .contains("could not listen on")
                                .endsWith("port " + taken.getLocalPort() + " is in use.");
                        assertThat(analysis.getAction()).contains("set rpc.server.port to another port");
                    });
        }
    }

    @Test
    void anAddressOfAnotherMachine() {
        application
                .withBean(Users.class)
                .withPropertyValues("rpc.server.address=203.0.113.1", "rpc.server.port=0")
                .run(context -> {
                    FailureAnalysis analysis = analyse(context);

                    assertThat(analysis.getDescription()).contains("could not listen on 203.0.113.1:0");
                    assertThat(analysis.getAction()).contains("Check rpc.server.address");
                });
    }

    @Test
    void twoBeansForOneService() {
        application.withBean(Users.class).withBean(MoreUsers.class).run(context -> {
            FailureAnalysis analysis = analyse(context);

            assertThat(analysis.getDescription())
                    .contains("demo.UserService is implemented by two @RpcService beans")
                    .contains("'users' and 'failureAnalysisTest.MoreUsers'");
            assertThat(analysis.getAction()).contains("Remove @RpcService from one of them");
        });
    }

    @Test
    void aServiceWithoutAGeneratedInterface() {
        application.withBean(NoService.class).run(context -> {
            FailureAnalysis analysis = analyse(context);

            assertThat(analysis.getDescription())
                    .contains(NoService.class.getName())
                    .contains("implements no interface that was generated from a .proto")
                    .contains("is no Service or BlockingService of protobuf");
            assertThat(analysis.getAction()).contains("protoc-gen-rpc").contains("X.Interface or X.BlockingInterface");
        });
    }

    @Test
    void aReferenceOfAWrongType() {
        application.withBean(WrongReference.class).run(context -> {
            FailureAnalysis analysis = analyse(context);

            assertThat(analysis.getDescription())
                    .contains("WrongReference.users has the type java.lang.Runnable")
                    .contains("not an interface generated from a .proto");
            assertThat(analysis.getAction()).contains("UserServiceAsync").contains("@Autowired");
        });
    }

    @Test
    void aReferenceWithABadTimeout() {
        application.withBean(BadTimeout.class).run(context -> {
            FailureAnalysis analysis = analyse(context);

            assertThat(analysis.getDescription()).contains("BadTimeout.users has the timeout 'soon'");
            assertThat(analysis.getAction()).contains("300ms");
        });
    }

    @Test
    void aReferenceWhereClientsAreSwitchedOff() {
        application
                .withBean(Reference.class)
                .withPropertyValues("rpc.client.enabled=false")
                .run(context -> {
                    FailureAnalysis analysis = analyse(context);

                    assertThat(analysis.getDescription()).contains("needs a client of demo.UserService");
                    assertThat(analysis.getAction()).contains("Remove rpc.client.enabled=false");
                });
    }

    @Test
    void aServiceThatMustBeThereAndIsNot() {
        application
                .withBean(Checked.class)
                .withPropertyValues("rpc.registry.initial-timeout=10ms")
                .run(context -> {
                    FailureAnalysis analysis = analyse(context);

                    assertThat(analysis.getDescription())
                            .contains("No ready endpoint of the service demo.UserService was known within 10 ms");
                    assertThat(analysis.getAction())
                            .contains("rpc.client.services[demo.UserService].addresses")
                            .contains("rpc.registry.initial-timeout");
                });
    }

    @Test
    void aMethodThatThereIsNot() {
        application
                .withBean(Reference.class)
                .withPropertyValues("rpc.client.services.UserService.methods.Logn.timeout=1s")
                .run(context -> {
                    FailureAnalysis analysis = analyse(context);

                    assertThat(analysis.getDescription())
                            .contains("rpc.client.services[UserService].methods.Logn")
                            .contains("demo.UserService has no method 'Logn'");
                    assertThat(analysis.getAction()).contains("Login, Register, GetUser");
                });
    }

    @Test
    void aValueThatCannotBeUsed() {
        application.withPropertyValues("rpc.server.worker-threads=0").run(context -> {
            FailureAnalysis analysis = analyse(context);

            assertThat(analysis.getDescription())
                    .isEqualTo("The property rpc.server.worker-threads has a value that cannot be used: 0.");
            assertThat(analysis.getAction()).isEqualTo("Set rpc.server.worker-threads to 1 or more.");
        });
    }

    @Test
    void aTimeoutOfNothing() {
        application.withPropertyValues("rpc.client.services.a.timeout=0").run(context -> {
            FailureAnalysis analysis = analyse(context);

            assertThat(analysis.getDescription())
                    .contains("rpc.client.services[a].timeout")
                    .contains("0ms");
            assertThat(analysis.getAction()).contains("a duration above zero");
        });
    }

    @Test
    void anAddressThatIsNone() {
        application
                .withPropertyValues("rpc.client.services.UserService.addresses=10.0.0.1")
                .run(context -> {
                    FailureAnalysis analysis = analyse(context);

                    assertThat(analysis.getDescription())
                            .contains("rpc.client.services.userservice.addresses")
                            .contains("10.0.0.1")
                            .contains("expected: host:port");
                });
    }

    @Test
    void aValueThatCannotBeRead() {
        application.withPropertyValues("rpc.client.timeout=soon").run(context -> {
            FailureAnalysis analysis = analyse(context);

            assertThat(analysis.getDescription()).contains("rpc.client.timeout").contains("soon");
        });
    }

    @Test
    void anUnknownKey() {
        application.withPropertyValues("rpc.server.prot=1").run(context -> {
            FailureAnalysis analysis = analyse(context);

            assertThat(analysis.getDescription()).contains("rpc.server.prot").contains("did you mean rpc.server.port?");
            assertThat(analysis.getAction()).contains("rpc.ext").contains("rpc.unknown-keys=warn");
        });
    }

    @Test
    void aPortThatKubernetesHasSet() {
        application
                .withInitializer(context -> TestPropertyValues.of("RPC_SERVER_PORT=tcp://10.0.0.1:8000")
                        .applyTo(context.getEnvironment(), Type.SYSTEM_ENVIRONMENT))
                .run(context -> {
                    FailureAnalysis analysis = analyse(context);

                    assertThat(analysis.getDescription())
                            .contains("rpc.server.port has the value 'tcp://10.0.0.1:8000'")
                            .contains("Kubernetes")
                            .contains("RPC_SERVER_PORT");
                    assertThat(analysis.getAction()).contains("enableServiceLinks: false");
                });
    }

    @Test
    void anAnnouncementThatIsRefused() {
        application
                .withBean(Users.class)
                .withPropertyValues("rpc.server.port=0", "rpc.server.advertised-host=localhost")
                .withBean(EndpointAnnouncer.class, () -> offer -> {
                    throw new IllegalArgumentException("nobody can reach it");
                })
                .run(context -> {
                    Throwable failure = catchThrowable(() -> Applications.ready(context));

                    FailureAnalysis analysis = analyse(failure);

                    assertThat(analysis.getDescription())
                            .contains("its endpoint localhost:")
                            .contains("nobody can reach it");
                    assertThat(analysis.getAction()).contains("rpc.server.advertised-host");
                });
    }

    @Test
    void anAddressThatNobodyElseCanReach() {
        application
                .withBean(Users.class)
                .withBean(
                        CuratorFramework.class,
                        () -> CuratorFrameworkFactory.newClient("zookeeper.example:2181", new RetryOneTime(1)))
                .withPropertyValues("rpc.server.port=0", "rpc.server.address=127.0.0.1")
                .run(context -> {
                    Throwable failure = catchThrowable(() -> Applications.ready(context));

                    FailureAnalysis analysis = analyse(failure);

                    assertThat(analysis.getDescription())
                            .contains("its endpoint 127.0.0.1:")
                            .contains("other machines cannot reach")
                            .contains("zookeeper.example:2181");
                    assertThat(analysis.getAction()).contains("rpc.server.advertised-host");
                });
    }

    private static FailureAnalysis analyse(AssertableApplicationContext context) {
        return analyse(Objects.requireNonNull(context.getStartupFailure(), "the application has started"));
    }

    /** As Boot does it: the first of all analysers, in order, that has something to say. */
    private static FailureAnalysis analyse(Throwable failure) {
        List<FailureAnalyzer> analyzers = SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, ArgumentResolver.none(), (type, name, problem) -> {});
        Comparator<Object> order = AnnotationAwareOrderComparator.INSTANCE;
        return analyzers.stream()
                .sorted(order)
                .map(analyzer -> analyzer.analyze(failure))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no analysis", failure));
    }

    @RpcService
    static class MoreUsers extends PlainUsers {
        MoreUsers() {
            super("more");
        }
    }

    @RpcService
    static class NoService implements Runnable {
        @Override
        public void run() {}
    }

    static class Reference {
        @RpcReference
        UserService users;
    }

    static class WrongReference {
        @RpcReference
        Runnable users;
    }

    static class BadTimeout {
        @RpcReference(timeout = "soon")
        UserService users;
    }

    static class Checked {
        @RpcReference(check = true)
        UserService users;
    }
}
