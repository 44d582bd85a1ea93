package io.rpcboot.spring;

import static io.rpcboot.spring.test.Calls.LOGIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.rpcboot.demo.proto.UserService;
import io.rpcboot.demo.proto.UserServiceAsync;
import io.rpcboot.spring.client.UnknownMethodException;
import io.rpcboot.spring.test.Applications;
import io.rpcboot.spring.test.PlainUsers;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class ImportRpcClientsTest {

    private final ApplicationContextRunner application =
            Applications.inOneProcess().withUserConfiguration(Importing.class);

    @Test
    void clientsAreBeans() {
        Applications.inOneProcess()
                .withUserConfiguration(ImportingOnly.class, Provider.class)
                .run(context -> {
                    Applications.ready(context);

                    assertThat(context.getBean(UserServiceAsync.class)
                                    .login(LOGIN)
                                    .join()
                                    .getServedBy())
                            .isEqualTo("remote");
                });
    }

    @Test
    void aReferenceOfTheSameTypeKeepsItsOwnAttributes() {
        application.run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(Caller.class).users).isNotSameAs(context.getBean(UserService.class));
        });
    }

    @Test
    void theSettingsOfTheServiceAreChecked() {
        application
                .withPropertyValues("rpc.client.services.UserService.methods.Logn.timeout=1s")
                .run(context ->
                        assertThat(context).getFailure().rootCause().isInstanceOf(UnknownMethodException.class));
    }

    @Configuration(proxyBeanMethods = false)
    @ImportRpcClients(types = UserServiceAsync.class)
    static class ImportingOnly {}

    @Configuration(proxyBeanMethods = false)
    static class Provider {
        @Bean
        @RpcService
        PlainUsers provider() {
            return new PlainUsers("remote");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportRpcClients(types = {UserService.class, UserServiceAsync.class})
    static class Importing {
        @Bean
        Caller caller() {
            return new Caller();
        }
    }

    static class Caller {
        @RpcReference(timeout = "60s")
        UserService users;
    }
}
