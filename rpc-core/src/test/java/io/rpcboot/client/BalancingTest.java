package io.rpcboot.client;

import static io.rpcboot.test.ProbeService.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.rpcboot.Endpoint;
import io.rpcboot.EndpointAttributes;
import io.rpcboot.EndpointStatus;
import io.rpcboot.Outcome;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.balance.ConsistentHash;
import io.rpcboot.naming.FixedEndpoints;
import io.rpcboot.test.Network;
import io.rpcboot.test.Probe;
import io.rpcboot.test.ProbeService;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BalancingTest {

    private final Network network = Network.tcp();

    @AfterEach
    void close() throws Exception {
        network.close();
    }

    /** An endpoint that answers with its name. */
    private Endpoint server(String name, String version, String group, String zone) {
        return endpoint(new ProbeService(request -> text(name)), version, group, zone);
    }

    private Endpoint server(String name) {
        return server(name, "", "", "");
    }

    private Endpoint endpoint(ProbeService service, String version, String group, String zone) {
        return new Endpoint(
                "127.0.0.1",
                network.serve(service, it -> it.version(version).group(group)).port(),
                new EndpointAttributes("", version, group, 100, zone, "", 0, Instant.EPOCH, EndpointStatus.READY));
    }

    private Probe probe(UnaryOperator<RpcClient.Builder> settings, Endpoint... endpoints) {
        return network.client(it -> settings.apply(it.resolver(FixedEndpoints.of(endpoints))))
                .client(Probe.class);
    }

    private static ServiceOptions wanted(String version, String group) {
        return ServiceOptions.builder().version(version).group(group).build();
    }

    private static Set<String> answers(Probe probe, int calls) {
        Set<String> answers = new HashSet<>();
        for (int i = 0; i < calls; i++) {
            answers.add(probe.echo(text("who")).getText());
        }
        return answers;
    }

    @Test
    void callsGoToTheWantedVersionAndGroupOnly() {
        Endpoint[] endpoints = {
            server("1 blue", "1", "blue", ""), server("2 blue", "2", "blue", ""), server("2 green", "2", "green", "")
        };

        Probe versionTwo = probe(it -> it.service("test.Probe", wanted("2", "")), endpoints);
        Probe twoBlue = probe(it -> it.service("test.Probe", wanted("2", "blue")), endpoints);

        await().atMost(Network.LONG)
                .untilAsserted(
                        () -> assertThat(answers(versionTwo, 50)).containsExactlyInAnyOrder("2 blue", "2 green"));
        assertThat(answers(twoBlue, 50)).containsExactly("2 blue");
    }

    @Test
    void aVersionThatNobodyOffersIsNamed() {
        Probe probe = probe(it -> it.service("test.Probe", wanted("3", "")), server("2", "2", "", ""));

        assertThatExceptionOfType(RpcException.class)
                .isThrownBy(() -> probe.echo(text("hi")))
                .satisfies(e -> {
                    assertThat(e.status()).isEqualTo(RpcStatus.UNAVAILABLE);
                    assertThat(e).hasMessageContaining("no endpoint of version '3'");
                    assertThat(e).hasMessageContaining("1 of another version or group");
                });
    }

    @Test
    void aServerRefusesCallsForAnotherVersionWhateverIsSaidOfItsAddress() {
        int port = network.serve(ProbeService.echo(), it -> it.version("1")).port();
        Endpoint mistaken = new Endpoint(
                "127.0.0.1",
                port,
                new EndpointAttributes("", "2", "", 100, "", "", 0, Instant.EPOCH, EndpointStatus.READY));

        Probe probe = probe(it -> it.service("test.Probe", wanted("2", "")), mistaken);

        assertThatExceptionOfType(RpcException.class)
                .isThrownBy(() -> probe.echo(text("hi")))
                .satisfies(e -> {
                    assertThat(e.status()).isEqualTo(RpcStatus.UNIMPLEMENTED);
                    assertThat(e.outcome()).isEqualTo(Outcome.DID_NOT_RUN);
                    assertThat(e).hasMessageContaining("version '2'");
                });
    }

    @Test
    void endpointsOfTheOwnZoneArePreferredAndOthersStandIn() {
        Endpoint far = server("far", "", "", "west");

        Probe preferring = probe(it -> it.zone("east"), far, server("near", "", "", "east"));
        Probe lonely = probe(it -> it.zone("north"), far);

        await().atMost(Network.LONG)
                .untilAsserted(() -> assertThat(answers(preferring, 50)).containsExactly("near"));
        assertThat(answers(lonely, 3)).containsExactly("far");
    }

    @Test
    void anEndpointThatFailsGetsNoCallsUntilItWorksAgain() {
        AtomicBoolean broken = new AtomicBoolean();
        Endpoint bad = endpoint(
                new ProbeService(request -> {
                    if (broken.get()) {
                        throw new RpcException(RpcStatus.UNAVAILABLE, "broken");
                    }
                    return text("repaired");
                }),
                "",
                "",
                "");
        Probe probe = probe(it -> it, bad, server("good"));
        await().atMost(Network.LONG)
                .untilAsserted(() -> assertThat(answers(probe, 50)).contains("good", "repaired"));

        broken.set(true);
        AtomicInteger failures = new AtomicInteger();
        await().atMost(Network.LONG).until(() -> failures.addAndGet(failures(probe, 20)) >= 5);
        int failuresLater = failures(probe, 100);
        broken.set(false);

        assertThat(failuresLater).isLessThan(5);
        await().atMost(Network.LONG)
                .untilAsserted(() -> assertThat(answers(probe, 50)).contains("good", "repaired"));
    }

    private static int failures(Probe probe, int calls) {
        int failures = 0;
        for (int i = 0; i < calls; i++) {
            try {
                probe.echo(text("hi"));
            } catch (RpcException e) {
                failures++;
            }
        }
        return failures;
    }

    @Test
    void callsWithOneKeyStayTogether() {
        Probe probe = probe(it -> it.loadBalancer(ConsistentHash::new), server("1"), server("2"), server("3"));
        await().atMost(Network.LONG)
                .untilAsserted(() -> assertThat(answers(probe, 50)).hasSize(3));

        Probe mine = probe.with(o -> o.hashKey("user-7"));

        assertThat(answers(mine, 50)).hasSize(1);
    }

    @Test
    void theKeyMayComeFromTheRequestOrTheMetadata() {
        HashKey text = HashKey.field("text");
        HashKey user = HashKey.metadata("user");
        ServiceOptions options = ServiceOptions.builder()
                .loadBalancer(ConsistentHash::new)
                .hashKey(text)
                .method("Act", new MethodOptions(null, null, null, user))
                .build();
        Probe probe = probe(it -> it.service("test.Probe", options), server("1"), server("2"), server("3"));
        await().atMost(Network.LONG).until(() -> byText(probe, 50).size() == 3);

        assertThat(byText(probe, 50)).hasSize(3);
        assertThat(answers(probe, 50)).as("all with one text").hasSize(1);
        Set<String> byUser = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            byUser.add(
                    probe.with(o -> o.metadata("user", "ann")).act(text("" + i)).getText());
        }
        assertThat(byUser).hasSize(1);
    }

    private static Set<String> byText(Probe probe, int texts) {
        Set<String> answers = new HashSet<>();
        for (int i = 0; i < texts; i++) {
            answers.add(probe.echo(text("text " + i)).getText());
        }
        return answers;
    }

    private Endpoint tagged(String name, String tag) {
        Endpoint untagged = server(name);
        return new Endpoint(
                untagged.host(),
                untagged.port(),
                new EndpointAttributes("", "", "", 100, "", tag, 0, Instant.EPOCH, EndpointStatus.READY));
    }

    @Test
    void anEndpointWithATagServesCallsWithThatTagOnly() {
        Probe probe = probe(it -> it, server("plain"), tagged("canary", "canary"));
        await().atMost(Network.LONG)
                .until(() -> answers(probe.with(o -> o.tag("canary")), 1).contains("canary"));

        assertThat(answers(probe, 30)).containsExactly("plain");
        assertThat(answers(probe.with(o -> o.tag("canary")), 30)).containsExactly("canary");
        assertThat(answers(probe.with(o -> o.tag("nobody has this")), 30)).containsExactly("plain");
    }

    @Test
    void theTagMayBeThatOfTheClientOrTheService() {
        Endpoint[] endpoints = {server("plain"), tagged("canary", "canary"), tagged("blue", "blue")};
        ServiceOptions blue = ServiceOptions.builder().tag("blue").build();

        Probe canaries = probe(it -> it.tag("canary"), endpoints);
        Probe blues = probe(it -> it.tag("canary").service("test.Probe", blue), endpoints);

        await().atMost(Network.LONG).until(() -> answers(canaries, 1).contains("canary"));
        await().atMost(Network.LONG).until(() -> answers(blues, 1).contains("blue"));
        assertThat(answers(canaries, 30)).containsExactly("canary");
        assertThat(answers(blues, 30)).containsExactly("blue");
        assertThat(answers(blues.with(o -> o.tag("")), 30)).containsExactly("plain");
    }

    @Test
    void anEndpointThatStandsInForAnotherTagIsTriedAgainToo() {
        AtomicBoolean broken = new AtomicBoolean();
        ProbeService service = new ProbeService(request -> {
            if (broken.get()) {
                throw new RpcException(RpcStatus.UNAVAILABLE, "broken");
            }
            return text("repaired");
        });
        Probe gray = probe(it -> it.tag("gray"), endpoint(service, "", "", ""), server("good"));
        await().atMost(Network.LONG)
                .untilAsserted(() -> assertThat(answers(gray, 50)).contains("good", "repaired"));
        broken.set(true);
        AtomicInteger failures = new AtomicInteger();
        await().atMost(Network.LONG).until(() -> failures.addAndGet(failures(gray, 20)) >= 5);

        broken.set(false);

        await().atMost(Network.LONG)
                .untilAsserted(() -> assertThat(answers(gray, 50)).contains("good", "repaired"));
    }

    @Test
    void whereAllEndpointsHaveTagsACallWithoutOneSaysSo() {
        Probe probe = probe(it -> it, tagged("canary", "canary"));

        assertThatExceptionOfType(RpcException.class)
                .isThrownBy(() -> probe.echo(text("hi")))
                .satisfies(e -> {
                    assertThat(e.status()).isEqualTo(RpcStatus.UNAVAILABLE);
                    assertThat(e).hasMessageContaining("a call without a tag").hasMessageContaining("tag 'canary'");
                });
    }
}
