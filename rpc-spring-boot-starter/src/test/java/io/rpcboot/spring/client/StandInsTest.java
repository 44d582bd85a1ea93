package io.rpcboot.spring.client;

import static io.rpcboot.spring.test.Calls.servedBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.rpcboot.demo.proto.LoginRequest;
import io.rpcboot.demo.proto.LoginResponse;
import io.rpcboot.demo.proto.UserService;
import io.rpcboot.spring.RpcReference;
import io.rpcboot.spring.RpcService;
import io.rpcboot.spring.test.Applications;
import io.rpcboot.spring.test.PlainUsers;
import io.rpcboot.spring.test.Users;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

@ExtendWith(OutputCaptureExtension.class)
class StandInsTest {

    private final ApplicationContextRunner application = Applications.inOneProcess();

    @Test
    void aBeanOfTheTypeStandsInForTheClient(CapturedOutput output) {
        application
                .withBean("stub", PlainUsers.class, () -> new PlainUsers("stub"))
                .withBean(Caller.class)
                .run(context -> {
                    assertThat(servedBy(context.getBean(Caller.class).users)).isEqualTo("stub");
                    assertThat(output).contains("Caller.users gets a bean of this application: [stub]");
                });
    }

    @Test
    void aServiceThatIsOfferedHereDoesNotStandIn() {
        application.withBean(Users.class).withBean(Caller.class).run(context -> {
            Applications.ready(context);

            UserService users = context.getBean(Caller.class).users;

            assertThat(users).isNotInstanceOf(Users.class);
            assertThat(servedBy(users)).isEqualTo("users");
        });
    }

    @Test
    void aCachingDecoratorGetsTheRemoteClientAndSoDoOthers() {
        application
                .withBean(Users.class)
                .withBean(Decorator.class)
                .withBean(Caller.class)
                .run(context -> {
                    Applications.ready(context);

                    assertThat(servedBy(context.getBean(Decorator.class))).isEqualTo("decorated users");
                    assertThat(servedBy(context.getBean(Caller.class).users)).isEqualTo("users");
                });
    }

    @Test
    void aDecoratorMadeByABeanMethodGetsTheRemoteClient() {
        application
                .withBean(Users.class)
                .withUserConfiguration(DecoratorByBeanMethod.class)
                .run(context -> {
                    Applications.ready(context);

                    assertThat(servedBy(context.getBean("decorator", UserService.class)))
                            .isEqualTo("decorated users");
                });
    }

    @Test
    void aProviderThatCallsItsSiblingsGetsTheRemoteClient() {
        application.withBean(Provider.class).run(context -> {
            Applications.ready(context);

            Provider provider = context.getBean(Provider.class);

            assertThat(provider.siblings).isNotSameAs(provider);
            assertThat(servedBy(provider.siblings)).isEqualTo("provider");
        });
    }

    @Test
    void theServiceAndAStandInTogetherGiveTheStandIn() {
        application
                .withBean(Users.class)
                .withBean("stub", PlainUsers.class, () -> new PlainUsers("stub"))
                .withBean(Caller.class)
                .run(context -> assertThat(servedBy(context.getBean(Caller.class).users))
                        .isEqualTo("stub"));
    }

    @Test
    void amongSeveralStandInsSpringChooses() {
        application
                .withUserConfiguration(TwoStandIns.class)
                .withBean(Caller.class)
                .run(context -> assertThat(servedBy(context.getBean(Caller.class).users))
                        .isEqualTo("primary"));
    }

    static class Caller {
        @RpcReference
        UserService users;
    }

    static class Decorator extends PlainUsers {
        private final UserService remote;

        Decorator(@RpcReference UserService remote) {
            super("decorator");
            this.remote = remote;
        }

        @Override
        public LoginResponse login(LoginRequest request) {
            LoginResponse response = remote.login(request);
            return response.toBuilder()
                    .setServedBy("decorated " + response.getServedBy())
                    .build();
        }
    }

    @RpcService
    static class Provider extends PlainUsers {
        @RpcReference
        UserService siblings;

        Provider() {
            super("provider");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class DecoratorByBeanMethod {
        @Bean
        UserService decorator(@RpcReference UserService remote) {
            return new Decorator(remote);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoStandIns {
        @Bean
        PlainUsers one() {
            return new PlainUsers("one");
        }

        @Bean
        @Primary
        PlainUsers primary() {
            return new PlainUsers("primary");
        }
    }
}
