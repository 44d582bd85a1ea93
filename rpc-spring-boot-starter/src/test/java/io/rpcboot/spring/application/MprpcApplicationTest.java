package io.rpcboot.spring.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcboot.Outcome;
import io.rpcboot.RpcException;
import io.rpcboot.demo.proto.LoginRequest;
import io.rpcboot.demo.proto.LoginResponse;
import io.rpcboot.demo.proto.UserService;
import io.rpcboot.spring.RpcReference;
import io.rpcboot.spring.RpcService;
import io.rpcboot.spring.test.Applications;
import io.rpcboot.spring.test.AsyncEcho;
import io.rpcboot.spring.test.PlainUsers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Applications beside C++ peers that speak mprpc. */
class MprpcApplicationTest {

    private final ApplicationContextRunner provider = Applications.plain()
            .withPropertyValues(
                    "rpc.server.port=0",
                    "rpc.server.mprpc.enabled=true",
                    "rpc.server.mprpc.timeout=30s",
                    "rpc.server.shutdown.quiet-period=0s");

    private static int port(ApplicationContext provider) {
        return provider.getEnvironment().getRequiredProperty("local.rpc.port", Integer.class);
    }

    /** What a caller reads that asks as C++ callers do. */
    private static byte[] ask(ApplicationContext provider, String service, String method) throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        field(header, 0x0a, service);
        field(header, 0x12, method);
        try (Socket caller = new Socket("127.0.0.1", port(provider))) {
            caller.setSoTimeout(30_000);
            caller.getOutputStream().write(new byte[] {(byte) header.size(), 0, 0, 0});
            caller.getOutputStream().write(header.toByteArray());
            return caller.getInputStream().readAllBytes();
        }
    }

    private static void field(ByteArrayOutputStream header, int tag, String value) {
        header.write(tag);
        header.write(value.length());
        header.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(byte[] answer) {
        return new String(answer, StandardCharsets.US_ASCII);
    }

    private static String servedBy(byte[] answer) throws IOException {
        return LoginResponse.parseFrom(answer).getServedBy();
    }

    @Test
    void aServiceIsKnownByItsShortName() {
        provider.withBean(Users.class)
                .run(context -> assertThat(servedBy(ask(context, "UserService", "Login")))
                        .isEqualTo("users"));
    }

    @Test
    void theseCallersAreNotServedUnlessAPropertySaysSo() {
        provider.withPropertyValues("rpc.server.mprpc.enabled=false")
                .withBean(Users.class)
                .run(context -> assertThat(text(ask(context, "UserService", "Login")))
                        .startsWith("\u0007")
                        .contains("rpc.server.mprpc.enabled"));
    }

    @Test
    void theAnnotationMayNameTheServiceAndAPropertyGoesBefore() {
        provider.withBean(Named.class)
                .run(context -> assertThat(servedBy(ask(context, "UserServiceRpc", "Login")))
                        .isEqualTo("named"));
        provider.withBean(Named.class)
                .withPropertyValues("rpc.server.services.userservice.mprpc-name=Users")
                .run(context ->
                        assertThat(servedBy(ask(context, "Users", "Login"))).isEqualTo("named"));
    }

    @Test
    void aServiceMayBeKeptFromThem() {
        provider.withBean(Users.class)
                .withPropertyValues("rpc.server.services.UserService.mprpc-enabled=false")
                .run(context ->
                        assertThat(text(ask(context, "UserService", "Login"))).contains("no service of that name"));
    }

    @Test
    void aReplyOverTheLimitIsRefused() {
        provider.withBean(Users.class)
                .withPropertyValues("rpc.server.mprpc.max-reply-size=4B")
                .run(context ->
                        assertThat(text(ask(context, "UserService", "Login"))).isEqualTo("\u0007RES"));
    }

    @Test
    void twoServicesOfOneNameStopTheStart() {
        provider.withBean(Users.class)
                .withBean(AsyncEcho.class)
                .withPropertyValues("rpc.server.services.EchoService.mprpc-name=UserService")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("demo.UserService and demo.EchoService"));
    }

    @Test
    void aReferenceCallsProvidersThatSpeakMprpc() {
        provider.withBean(Users.class)
                .run(context -> consumer(context)
                        .run(consumer -> assertThat(consumer.getBean(Consumer.class)
                                        .users
                                        .login(LoginRequest.getDefaultInstance())
                                        .getServedBy())
                                .isEqualTo("users")));
    }

    @Test
    void whatAnEmptyReplyIsStandsInTheProperties() {
        provider.withBean(Nothing.class).run(context -> {
            consumer(context)
                    .run(consumer -> assertThatThrownBy(() ->
                                    consumer.getBean(Consumer.class).users.login(LoginRequest.getDefaultInstance()))
                            .isInstanceOfSatisfying(
                                    RpcException.class,
                                    e -> assertThat(e.outcome()).isEqualTo(Outcome.MAY_HAVE_RUN))
                            .hasMessageContaining("rpc.client.services.demo.UserService.methods.Login.empty-reply"));
            consumer(context)
                    .withPropertyValues("rpc.client.services.UserService.methods.login.empty-reply=accept")
                    .run(consumer -> assertThat(
                                    consumer.getBean(Consumer.class).users.login(LoginRequest.getDefaultInstance()))
                            .isEqualTo(LoginResponse.getDefaultInstance()));
        });
    }

    @Test
    void settingsForMprpcWithoutItsProtocolStopTheStart() {
        Applications.plain()
                .withPropertyValues("rpc.client.services.UserService.mprpc.name=UserServiceRpc")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("rpc.client.services[UserService].protocol")
                        .hasMessageContaining("mprpc"));
    }

    private static ApplicationContextRunner consumer(ApplicationContext provider) {
        return Applications.plain()
                .withBean(Consumer.class)
                .withPropertyValues(
                        "rpc.client.timeout=30s",
                        "rpc.client.services.UserService.protocol=mprpc",
                        "rpc.client.services.UserService.addresses=127.0.0.1:" + port(provider));
    }

    static class Consumer {
        @RpcReference
        UserService users;
    }

    @RpcService
    static class Users extends PlainUsers {

        private final String name;

        Users() {
            this("users");
        }

        Users(String name) {
            super(name);
            this.name = name;
        }

        @Override
        public LoginResponse login(LoginRequest request) {
            return LoginResponse.newBuilder().setServedBy(name).build();
        }
    }

    @RpcService(mprpcName = "UserServiceRpc")
    static class Named extends Users {
        Named() {
            super("named");
        }
    }

    @RpcService
    static class Nothing extends Users {
        Nothing() {
            super("");
        }
    }
}
