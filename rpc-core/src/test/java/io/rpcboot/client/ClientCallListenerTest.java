package io.rpcboot.client;

import static io.rpcboot.test.ProbeService.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.rpcboot.Interceptor;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.test.Network;
import io.rpcboot.test.Probe;
import io.rpcboot.test.ProbeAsync;
import io.rpcboot.test.ProbeService;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClientCallListenerTest {

    private static final Interceptor INTERCEPTOR = (call, next) -> next.invoke(call);

    private final Network network = Network.tcp();
    private final List<String> ends = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> methodMayEnd = new CompletableFuture<>();

    @AfterEach
    void close() throws Exception {
        methodMayEnd.complete(null);
        network.close();
    }

    private RpcClient client(UnaryOperator<RpcClient.Builder> settings) {
        return network.client(builder -> settings.apply(builder.callListener((method, status, nanos) -> {
            assertThat(nanos).isPositive();
            ends.add(method.fullName() + " " + status);
        })));
    }

    @Test
    void theEndOfEveryCallIsTold() {
        network.serve(ProbeService.echo());
        RpcClient client = client(it -> it);

        client.client(Probe.class).echo(text("hi"));
        client.client(ProbeAsync.class).echo(text("hi")).join();

        assertThat(ends).containsExactly("test.Probe/Echo OK", "test.Probe/Echo OK");
    }

    @Test
    void theEndIsToldThroughInterceptorsToo() {
        network.serve(ProbeService.echo());
        RpcClient client = client(it -> it.interceptor(INTERCEPTOR));

        client.client(Probe.class).echo(text("hi"));
        client.client(ProbeAsync.class).echo(text("hi")).join();

        assertThat(ends).containsExactly("test.Probe/Echo OK", "test.Probe/Echo OK");
    }

    @Test
    void aFailureIsToldAsItsCallerSeesIt() {
        Interceptor failing =
                (call, next) -> CompletableFuture.failedFuture(new RpcException(RpcStatus.PERMISSION_DENIED, "no"));
        Interceptor withoutReply = (call, next) -> CompletableFuture.completedFuture(null);
        Probe denied = client(it -> it.interceptor(failing)).client(Probe.class);
        Probe broken = client(it -> it.interceptor(withoutReply)).client(Probe.class);
        ProbeAsync unavailable = client(it -> it).client(ProbeAsync.class);

        assertThatExceptionOfType(RpcException.class).isThrownBy(() -> denied.echo(text("hi")));
        assertThatExceptionOfType(RpcException.class)
                .isThrownBy(() -> broken.echo(text("hi")))
                .withMessageContaining("completed the call without a reply");
        assertThat(unavailable.echo(text("hi"))).failsWithin(Network.LONG);

        assertThat(ends)
                .containsExactly(
                        "test.Probe/Echo PERMISSION_DENIED", "test.Probe/Echo INTERNAL", "test.Probe/Echo UNAVAILABLE");
    }

    @Test
    void aHashKeyThatFailsFailsTheCallHoweverItIsMade() {
        HashKey broken = call -> {
            throw new IllegalStateException("no key");
        };
        RpcClient client = client(it -> it.service(
                "test.Probe", ServiceOptions.builder().hashKey(broken).build()));

        assertThatExceptionOfType(RpcException.class)
                .isThrownBy(() -> client.client(Probe.class).echo(text("hi")))
                .withMessageContaining("no key");
        assertThat(client.client(ProbeAsync.class).echo(text("hi")))
                .failsWithin(Network.LONG)
                .withThrowableThat()
                .withMessageContaining("no key");

        assertThat(ends).containsExactly("test.Probe/Echo INTERNAL", "test.Probe/Echo INTERNAL");
    }

    @Test
    void aCallThatAnInterceptorLosesIsToldWhenItsCallerGivesUp() {
        Probe probe = client(
                        it -> it.timeout(Duration.ofMillis(50)).interceptor((call, next) -> new CompletableFuture<>()))
                .client(Probe.class);

        assertThatExceptionOfType(RpcException.class).isThrownBy(() -> probe.echo(text("hi")));

        assertThat(ends).containsExactly("test.Probe/Echo DEADLINE_EXCEEDED");
    }

    @Test
    void aCancelledCallIsTold() {
        network.serve(new ProbeService(request -> {
            methodMayEnd.join();
            return request;
        }));
        CompletableFuture<?> call = client(it -> it).client(ProbeAsync.class).act(text("hi"));

        call.cancel(true);

        await().atMost(Network.LONG).untilAsserted(() -> assertThat(ends).containsExactly("test.Probe/Act CANCELLED"));
    }

    /** As other languages throw checked exceptions. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T undeclared(Throwable failure) throws T {
        throw (T) failure;
    }

    @Test
    void aListenerThatFailsHarmsNeitherTheCallNorOtherListeners() {
        network.serve(ProbeService.echo());
        RpcClient client = network.client(it -> it.callListener((method, status, nanos) -> {
                    throw ClientCallListenerTest.<RuntimeException>undeclared(
                            new IOException("a listener's own fault"));
                })
                .callListener((method, status, nanos) -> ends.add("second")));

        assertThat(client.client(Probe.class).echo(text("hi"))).isEqualTo(text("hi"));
        assertThat(client.client(ProbeAsync.class).echo(text("hi")).join()).isEqualTo(text("hi"));

        assertThat(ends).containsExactly("second", "second");
    }
}
