package io.rpcboot.demo.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.demo.proto.GetUserRequest;
import io.rpcboot.demo.proto.LoginRequest;
import io.rpcboot.demo.proto.RegisterRequest;
import io.rpcboot.demo.proto.RegisterResponse;
import io.rpcboot.demo.proto.User;
import io.rpcboot.demo.proto.UserService;
import io.rpcboot.naming.InMemoryNaming;
import io.rpcboot.spring.LocalRpcPort;
import io.rpcboot.spring.RpcReference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;

@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "rpc.server.port=0",
            "rpc.client.timeout=30s",
            "spring.cloud.zookeeper.enabled=false",
            "spring.datasource.url=jdbc:h2:mem:users-test;DB_CLOSE_DELAY=-1"
        })
class UsersTest {

    @RpcReference
    private UserService users;

    @Autowired
    private Accounts accounts;

    @LocalRpcPort
    private int rpcPort;

    @LocalServerPort
    private int managementPort;

    @TestConfiguration
    static class Naming {

        @Bean
        InMemoryNaming naming() {
            return new InMemoryNaming();
        }
    }

    @Test
    void aRegisteredUserLogsIn() {
        String name = register("secret").getName();

        User loggedIn = users.login(login(name, "secret")).getUser();

        assertThat(loggedIn.getName()).isEqualTo(name);
        assertThat(loggedIn.getId()).isPositive();
    }

    @Test
    void aNameIsRegisteredOnce() {
        String name = register("secret").getName();

        RpcException refused = refused(() -> users.register(registration(' ' + name, "other")));

        assertThat(refused.status()).isEqualTo(RpcStatus.ALREADY_EXISTS);
        assertThat(refused.description()).isEqualTo("the name is taken: " + name);
    }

    @Test
    void aWrongPasswordAndAnUnknownNameAreRefusedAlike() {
        String name = register("secret").getName();

        RpcException wrong = refused(() -> users.login(login(name, "other")));
        RpcException unknown = refused(() -> users.login(login("never registered", "nobody")));

        assertThat(wrong.status()).isEqualTo(RpcStatus.UNAUTHENTICATED);
        assertThat(unknown.status()).isEqualTo(RpcStatus.UNAUTHENTICATED);
        assertThat(unknown.description()).isEqualTo(wrong.description());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 6, name: 0 characters (expected: 1..64)",
        "65, 6, name: 65 characters (expected: 1..64)",
        "3, 0, password: 0 bytes (expected: 1..72)",
        "3, 73, password: 73 bytes (expected: 1..72)"
    })
    void aNameOrPasswordOfTheWrongLengthIsRefused(int nameLength, int passwordLength, String expected) {
        RegisterRequest request = registration("n".repeat(nameLength), "p".repeat(passwordLength));

        RpcException refused = refused(() -> users.register(request));

        assertThat(refused.status()).isEqualTo(RpcStatus.INVALID_ARGUMENT);
        assertThat(refused.description()).isEqualTo(expected);
    }

    @Test
    void aUserIsFoundByIdAndByName() {
        User user = register("secret");

        User byId = users.getUser(
                        GetUserRequest.newBuilder().setId(user.getId()).build())
                .getUser();
        User byName = users.getUser(
                        GetUserRequest.newBuilder().setName(user.getName()).build())
                .getUser();

        assertThat(byId).isEqualTo(user);
        assertThat(byName).isEqualTo(user);
    }

    @Test
    void whoIsNotRegisteredIsNotFound() {
        GetUserRequest unknownId = GetUserRequest.newBuilder().setId(-1).build();
        GetUserRequest unknownName = GetUserRequest.newBuilder().setName("?").build();

        assertThat(refused(() -> users.getUser(unknownId)).status()).isEqualTo(RpcStatus.NOT_FOUND);
        assertThat(refused(() -> users.getUser(unknownName)).status()).isEqualTo(RpcStatus.NOT_FOUND);
        assertThat(refused(() -> users.getUser(GetUserRequest.getDefaultInstance()))
                        .status())
                .isEqualTo(RpcStatus.INVALID_ARGUMENT);
    }

    @Test
    void thePasswordIsStoredAsAHash() {
        String name = register("secret").getName();

        Account stored = accounts.findByName(name).orElseThrow();

        assertThat(stored.passwordHash()).startsWith("{bcrypt}").doesNotContain("secret");
    }

    @Test
    void anAnswerNamesTheInstance() {
        RegisterResponse response = users.register(registration(newName(), "secret"));

        assertThat(response.getServedBy()).isEqualTo("127.0.0.1:" + rpcPort);
    }

    @Test
    void callsAreTimedByMethodAndStatus() throws Exception {
        refused(() -> users.login(login("never registered", "nobody")));

        String prometheus = actuator("prometheus").body();
        HttpResponse<String> metric = actuator("metrics/rpc.server?tag=method:Login&tag=status:UNAUTHENTICATED");

        assertThat(prometheus.lines())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("rpc_server_seconds_count")
                        .contains("service=\"demo.UserService\"", "method=\"Login\"", "status=\"UNAUTHENTICATED\""));
        assertThat(metric.statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> actuator(String path) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + managementPort + "/actuator/" + path);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }

    private User register(String password) {
        return users.register(registration(newName(), password)).getUser();
    }

    private static String newName() {
        return UUID.randomUUID().toString();
    }

    private static RegisterRequest registration(String name, String password) {
        return RegisterRequest.newBuilder().setName(name).setPassword(password).build();
    }

    private static LoginRequest login(String name, String password) {
        return LoginRequest.newBuilder().setName(name).setPassword(password).build();
    }

    private static RpcException refused(Runnable call) {
        RpcException refused = catchThrowableOfType(RpcException.class, call::run);
        assertThat(refused).as("the call is refused").isNotNull();
        return refused;
    }
}
