package io.rpcboot.spring.client;

import static io.rpcboot.spring.test.Calls.LOGIN;
import static io.rpcboot.spring.test.Calls.servedBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

import io.rpcboot.demo.proto.LoginResponse;
import io.rpcboot.demo.proto.UserService;
import io.rpcboot.spring.ImportRpcClients;
import io.rpcboot.spring.RpcReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

/** What a user's test looks like: no registry, no server, a mock in the place of the remote service. */
class MockitoBeanTest {

    private static final LoginResponse MOCKED =
            LoginResponse.newBuilder().setServedBy("mock").build();

    @Nested
    @SpringBootTest(webEnvironment = WebEnvironment.NONE, properties = "spring.cloud.zookeeper.enabled=false")
    class InPlaceOfAReference {

        @MockitoBean
        UserService users;

        @Autowired
        Caller caller;

        @Test
        void theMockIsInjected() {
            given(users.login(LOGIN)).willReturn(MOCKED);

            assertThat(servedBy(caller.users)).isEqualTo("mock");
        }

        @Configuration(proxyBeanMethods = false)
        @EnableAutoConfiguration
        @Import(Caller.class)
        static class Application {}
    }

    @Nested
    @SpringBootTest(webEnvironment = WebEnvironment.NONE, properties = "spring.cloud.zookeeper.enabled=false")
    class InPlaceOfAnImportedClient {

        @MockitoBean
        UserService users;

        @Autowired
        Caller caller;

        @Test
        void theMockIsInjected() {
            given(users.login(LOGIN)).willReturn(MOCKED);

            assertThat(servedBy(caller.users)).isEqualTo("mock");
        }

        @Configuration(proxyBeanMethods = false)
        @EnableAutoConfiguration
        @ImportRpcClients(types = UserService.class)
        @Import(Caller.class)
        static class Application {}
    }

    static class Caller {
        @RpcReference
        UserService users;
    }
}
