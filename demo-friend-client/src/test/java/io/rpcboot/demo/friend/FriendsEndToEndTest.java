package io.rpcboot.demo.friend;

import static io.rpcboot.demo.friend.Browser.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.rpcboot.demo.user.UserServiceApplication;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The friend client with a real user service, which it finds at a fixed address. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "rpc.client.timeout=30s",
            "rpc.client.services.[demo.UserService].methods.GetUser.timeout=30s",
            "spring.cloud.zookeeper.enabled=false"
        })
class FriendsEndToEndTest {

    private static ConfigurableApplicationContext userService;

    @LocalServerPort
    private int port;

    private Browser browser;
    private String name;

    @DynamicPropertySource
    static void userService(DynamicPropertyRegistry properties) {
        Path resources = Path.of("../demo-user-service/src/main/resources/").toAbsolutePath();
        userService = new SpringApplicationBuilder(UserServiceApplication.class)
                .run(
                        "--spring.config.location=" + resources.toUri(),
                        "--spring.sql.init.schema-locations="
                                + resources.resolve("schema.sql").toUri(),
                        "--spring.cloud.zookeeper.enabled=false",
                        "--spring.jmx.enabled=false",
                        "--server.port=0",
                        "--rpc.server.port=0");
        String address = "127.0.0.1:" + userService.getEnvironment().getProperty("local.rpc.port");
        properties.add("rpc.client.services.[demo.UserService].addresses", () -> address);
    }

    @AfterAll
    static void stopUserService() {
        userService.close();
    }

    @BeforeEach
    void registerAndLogIn() throws Exception {
        browser = new Browser(port);
        name = newName();
        assertThat(browser.post("/api/register", credentials(name, "secret")).statusCode())
                .isEqualTo(201);
        assertThat(browser.post("/api/login", credentials(name, "secret")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aFriendIsAddedByNameListedAndRemoved() throws Exception {
        String friend = registerFriend();

        HttpResponse<String> added = browser.post("/api/friends", "{\"name\": \"" + friend + "\"}");
        HttpResponse<String> listed = browser.get("/api/friends");
        HttpResponse<String> removed =
                browser.delete("/api/friends/" + json(added).get("id").asLong());

        assertThat(added.statusCode()).isEqualTo(201);
        assertThat(json(listed)).hasSize(1);
        assertThat(json(listed).get(0).get("name").asString()).isEqualTo(friend);
        assertThat(json(listed).get(0).get("servedBy").asString()).startsWith("127.0.0.1:");
        assertThat(removed.statusCode()).isEqualTo(204);
        assertThat(json(browser.get("/api/friends"))).isEmpty();
    }

    @Test
    void aFriendIsAddedById() throws Exception {
        HttpResponse<String> registered = browser.post("/api/register", credentials(newName(), "secret"));
        long id = json(registered).get("id").asLong();

        HttpResponse<String> added = browser.post("/api/friends", "{\"id\": " + id + "}");

        assertThat(added.statusCode()).isEqualTo(201);
        assertThat(json(added).get("id").asLong()).isEqualTo(id);
    }

    @Test
    void aWrongPasswordIsUnauthorizedAndSaysWhoRefused() throws Exception {
        HttpResponse<String> refused = new Browser(port).post("/api/login", credentials(name, "other"));

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(refused).get("detail").asString()).isEqualTo("name or password is wrong");
        assertThat(json(refused).get("servedBy").asString()).startsWith("127.0.0.1:");
    }

    @Test
    void aTakenNameIsAConflict() throws Exception {
        HttpResponse<String> refused = browser.post("/api/register", credentials(name, "other"));

        assertThat(refused.statusCode()).isEqualTo(409);
    }

    @Test
    void anAbsentPasswordIsABadRequest() throws Exception {
        HttpResponse<String> refused = browser.post("/api/register", "{\"name\": \"" + newName() + "\"}");

        assertThat(refused.statusCode()).isEqualTo(400);
    }

    @Test
    void somebodyUnknownCannotBecomeAFriend() throws Exception {
        HttpResponse<String> refused = browser.post("/api/friends", "{\"name\": \"" + newName() + "\"}");

        assertThat(refused.statusCode()).isEqualTo(404);
    }

    @Test
    void aFriendIsAddedOnceAndNobodyIsTheirOwn() throws Exception {
        String friend = "{\"name\": \"" + registerFriend() + "\"}";
        browser.post("/api/friends", friend);

        HttpResponse<String> again = browser.post("/api/friends", friend);
        HttpResponse<String> self = browser.post("/api/friends", "{\"name\": \"" + name + "\"}");

        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(self.statusCode()).isEqualTo(400);
    }

    @Test
    void whoIsNotOnTheListCannotBeRemoved() throws Exception {
        assertThat(browser.delete("/api/friends/4711").statusCode()).isEqualTo(404);
    }

    @Test
    void theListIsForThoseWhoAreLoggedIn() throws Exception {
        HttpResponse<String> before = new Browser(port).get("/api/friends");
        HttpResponse<String> during = browser.get("/api/session");
        browser.post("/api/logout", "");
        HttpResponse<String> after = browser.get("/api/friends");

        assertThat(before.statusCode()).isEqualTo(401);
        assertThat(json(during).get("name").asString()).isEqualTo(name);
        assertThat(after.statusCode()).isEqualTo(401);
    }

    @Test
    void thePageIsServed() throws Exception {
        HttpResponse<String> page = browser.get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<title>Friends</title>", "app.js", "style.css");
        assertThat(browser.get("/app.js").statusCode()).isEqualTo(200);
        assertThat(browser.get("/style.css").statusCode()).isEqualTo(200);
    }

    @Test
    void callsAreTimedByMethodAndStatus() throws Exception {
        String prometheus = browser.get("/actuator/prometheus").body();
        HttpResponse<String> metric = browser.get("/actuator/metrics/rpc.client?tag=method:Login");

        assertThat(prometheus.lines())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("rpc_client_seconds_count")
                        .contains("service=\"demo.UserService\"", "method=\"Register\"", "status=\"OK\""));
        assertThat(metric.statusCode()).isEqualTo(200);
    }

    private String registerFriend() throws Exception {
        String friend = newName();
        browser.post("/api/register", credentials(friend, "secret"));
        return friend;
    }

    private static String newName() {
        return UUID.randomUUID().toString();
    }

    private static String credentials(String name, String password) {
        return "{\"name\": \"" + name + "\", \"password\": \"" + password + "\"}";
    }
}
