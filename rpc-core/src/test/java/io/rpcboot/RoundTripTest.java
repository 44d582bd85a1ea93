package io.rpcboot;

import static io.rpcboot.test.ProbeService.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.rpcboot.client.RpcClient;
import io.rpcboot.naming.FixedEndpoints;
import io.rpcboot.server.RpcServer;
import io.rpcboot.test.Network;
import io.rpcboot.test.Newer;
import io.rpcboot.test.Other;
import io.rpcboot.test.Probe;
import io.rpcboot.test.ProbeAsync;
import io.rpcboot.test.ProbeContract;
import io.rpcboot.test.ProbeService;
import io.rpcboot.test.Text;
import io.rpcboot.transport.TransportOptions;
import io.rpcboot.transport.TransportType;
import io.rpcboot.wire.FrameLimits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(
        value = TransportType.class,
        names = {"EPOLL", "NIO"})
class RoundTripTest {

    private final TransportOptions options;
    private Network network;

    RoundTripTest(TransportType type) {
        assumeThat(type.isAvailable()).isTrue();
        options = TransportOptions.DEFAULT.withType(type);
        network = Network.tcp(options);
    }

    @AfterEach
    void close() throws Exception {
        network.close();
    }

    private void network(TransportOptions options) throws Exception {
        network.close();
        network = Network.tcp(options);
    }

    private static Text payload(int bytes) {
        byte[] random = new byte[bytes];
        new Random(bytes).nextBytes(random);
        return Text.newBuilder().setPayload(ByteString.copyFrom(random)).build();
    }

    @Test
    void aCallIsAnswered() {
        network.serve(ProbeService.echo());

        Text reply = network.probe().echo(text("hi"));

        assertThat(reply.getText()).isEqualTo("hi");
    }

    @Test
    void fixedAddressesNeedNoRegistry() {
        RpcServer server = network.serve(ProbeService.echo());
        RpcClient client =
                network.client(it -> it.resolver(FixedEndpoints.of(Endpoint.of("127.0.0.1", server.port()))));

        Text reply = client.client(Probe.class).echo(text("hi"));

        assertThat(reply.getText()).isEqualTo("hi");
    }

    @Test
    void thousandsOfCallsShareOneConnectionAndAreAnsweredInAnyOrder() throws Exception {
        network(options.withMaxCalls(5001));
        List<CompletableFuture<Text>> held = Collections.synchronizedList(new ArrayList<>());
        List<Text> requests = Collections.synchronizedList(new ArrayList<>());
        network.serve(ProbeContract.INSTANCE.bindAsync(new HoldingProbe(requests, held)), server -> server);
        ProbeAsync probe = network.client().client(ProbeAsync.class);
        connect(probe, held);

        List<CompletableFuture<Text>> replies = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            // What is safe to repeat would be sent again, were the machine too slow for signs of life.
            replies.add(probe.act(text("call " + i)));
        }
        await().atMost(Network.LONG).until(() -> held.size() == 5001);
        for (int i = 5000; i > 0; i--) {
            held.get(i).complete(requests.get(i));
        }

        for (int i = 0; i < 5000; i++) {
            assertThat(replies.get(i)).succeedsWithin(Network.LONG).isEqualTo(text("call " + i));
        }
    }

    /** Calls that wait for a first connection are limited in number. */
    private static void connect(ProbeAsync probe, List<CompletableFuture<Text>> held) {
        CompletableFuture<Text> first = probe.echo(text("first"));
        await().atMost(Network.LONG).until(() -> held.size() == 1);
        held.get(0).complete(text("connected"));
        assertThat(first).succeedsWithin(Network.LONG);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4090, 4096, 4100, 32 << 10, (32 << 10) + 1, 200_000, (4 << 20) - 10})
    void messagesOfAllSizesArriveWhole(int bytes) {
        network.serve(ProbeService.echo());
        Text request = payload(bytes);

        Text reply = network.probe().echo(request);

        assertThat(reply).isEqualTo(request);
    }

    @Test
    void largeAndSmallMessagesAreNotMixedUp() {
        network.serve(ProbeService.echo());
        ProbeAsync probe = network.client().client(ProbeAsync.class);

        List<Text> requests = new ArrayList<>();
        List<CompletableFuture<Text>> replies = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            requests.add(payload(i % 4 == 0 ? 300_000 + i : i));
            replies.add(probe.echo(requests.get(i)));
        }

        for (int i = 0; i < 200; i++) {
            assertThat(replies.get(i)).succeedsWithin(Network.LONG).isEqualTo(requests.get(i));
        }
    }

    @Test
    void callsCarryChecksumsWhereThatIsSwitchedOn() throws Exception {
        network(options.withChecksum(true));
        network.serve(ProbeService.echo());
        Probe probe = network.probe();

        assertThat(probe.echo(text("small"))).isEqualTo(text("small"));
        assertThat(probe.echo(payload(100_000))).isEqualTo(payload(100_000));
    }

    @Test
    void aRequestOverTheServersLimitIsRefusedAndTheConnectionLivesOn() throws Exception {
        network(options.withLimits(new FrameLimits(16 << 10, 10_000, 8 << 10)));
        ProbeService service = ProbeService.echo();
        network.serve(service);
        Probe probe = network.probe();

        assertThatExceptionOfType(RpcException.class)
                .isThrownBy(() -> probe.echo(payload(100_000)))
                .satisfies(e -> {
                    assertThat(e.status()).isEqualTo(RpcStatus.RESOURCE_EXHAUSTED);
                    assertThat(e.reason()).isEqualTo(Reason.MESSAGE_TOO_LARGE);
                    assertThat(e.outcome()).isEqualTo(Outcome.DID_NOT_RUN);
                });

        assertThat(service.calls).hasValue(0);
        assertThat(probe.echo(text("next"))).isEqualTo(text("next"));
    }

    @Test
    void aRequestThatIsRefusedHalfwayLeavesNothingBehindAtTheServer() throws Exception {
        network(options.withMaxCalls(1));
        RpcServer server = network.serve(ProbeService.echo());
        RpcClient client =
                network.client(it -> it.resolver(FixedEndpoints.of(Endpoint.of("127.0.0.1", server.port()))));
        assertThat(client.client(Probe.class).echo(text("connect"))).isEqualTo(text("connect"));

        assertThatExceptionOfType(RpcException.class)
                .isThrownBy(() -> client.client(Newer.class).added(payload(4_000_000)))
                .satisfies(e -> assertThat(e.status()).isEqualTo(RpcStatus.UNIMPLEMENTED));

        assertThat(client.client(Probe.class).echo(text("next"))).isEqualTo(text("next"));
    }

    @Test
    void aReplyOverTheCallersLimitIsRefusedAndTheConnectionLivesOn() throws Exception {
        network(options.withLimits(new FrameLimits(16 << 10, 10_000, 8 << 10)));
        network.serve(new ProbeService(request -> request.getText().equals("large") ? payload(50_000) : request));
        Probe probe = network.probe();

        assertThatExceptionOfType(RpcException.class)
                .isThrownBy(() -> probe.echo(text("large")))
                .satisfies(e -> {
                    assertThat(e.reason()).isEqualTo(Reason.MESSAGE_TOO_LARGE);
                    assertThat(e.outcome()).isEqualTo(Outcome.RAN);
                });
        assertThat(probe.echo(text("next"))).isEqualTo(text("next"));
    }

    @Test
    void anUnknownServiceIsUnimplementedAndDidNotRun() {
        RpcServer server = network.serve(ProbeService.echo());
        RpcClient client =
                network.client(it -> it.resolver(FixedEndpoints.of(Endpoint.of("127.0.0.1", server.port()))));

        assertThatExceptionOfType(RpcException.class)
                .isThrownBy(() -> client.client(Other.class).echo(text("hi")))
                .satisfies(e -> {
                    assertThat(e.status()).isEqualTo(RpcStatus.UNIMPLEMENTED);
                    assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_SERVICE);
                    assertThat(e.outcome()).isEqualTo(Outcome.DID_NOT_RUN);
                    assertThat(e).hasMessageContaining("test.Other/Echo").hasMessageContaining("" + server.port());
                });
        assertThat(client.client(Probe.class).echo(text("next"))).isEqualTo(text("next"));
        assertThatExceptionOfType(RpcException.class)
                .isThrownBy(() -> client.client(Newer.class).added(text("hi")))
                .satisfies(e -> assertThat(e.status()).isEqualTo(RpcStatus.UNIMPLEMENTED));
    }

    @Test
    void aStreamingMethodSaysThatStreamsAreNotThereYet() {
        network.serve(ProbeService.echo());

        assertThatExceptionOfType(RpcException.class)
                .isThrownBy(() -> network.probe().watch(text("hi")))
                .satisfies(e -> assertThat(e.status()).isEqualTo(RpcStatus.UNIMPLEMENTED));
    }

    @Test
    void metadataTravelsBothWays() {
        network.serve(
                ProbeService.echo(),
                server -> server.interceptor((call, next) -> next.invoke(call)
                        .thenApply(reply -> new RpcReply(
                                reply.message(),
                                Metadata.of(
                                        "seen", String.valueOf(call.metadata().text("caller")))))));
        CompletableFuture<Metadata> received = new CompletableFuture<>();
        Probe probe = network.client(it ->
                        it.interceptor((call, next) -> next.invoke(call).whenComplete((reply, e) -> {
                            received.complete(reply.metadata());
                        })))
                .client(Probe.class);

        probe.with(o -> o.metadata("caller", "me")).echo(text("hi"));

        assertThat(received).succeedsWithin(1, TimeUnit.SECONDS).isEqualTo(Metadata.of("seen", "me"));
    }

    @Test
    void metadataOverTheLimitIsRefusedAndTheConnectionLivesOn() {
        network.serve(ProbeService.echo());
        Probe probe = network.probe();

        assertThatExceptionOfType(RpcException.class)
                .isThrownBy(() ->
                        probe.with(o -> o.metadata("big", "x".repeat(9000))).echo(text("hi")))
                .satisfies(e -> {
                    assertThat(e.status()).isEqualTo(RpcStatus.RESOURCE_EXHAUSTED);
                    assertThat(e.outcome()).isEqualTo(Outcome.DID_NOT_RUN);
                });
        assertThat(probe.echo(text("next"))).isEqualTo(text("next"));
    }

    private record HoldingProbe(List<Text> requests, List<CompletableFuture<Text>> held) implements ProbeAsync {

        @Override
        public synchronized CompletableFuture<Text> echo(Text request) {
            CompletableFuture<Text> reply = new CompletableFuture<>();
            requests.add(request);
            held.add(reply);
            return reply;
        }

        @Override
        public CompletableFuture<Text> act(Text request) {
            return echo(request);
        }

        @Override
        public java.util.concurrent.Flow.Publisher<Text> watch(Text request) {
            return subscriber -> {};
        }
    }
}
