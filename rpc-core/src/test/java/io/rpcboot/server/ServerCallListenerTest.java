package io.rpcboot.server;

import static io.rpcboot.test.ProbeService.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.test.Network;
import io.rpcboot.test.OtherAsync;
import io.rpcboot.test.OtherContract;
import io.rpcboot.test.ProbeService;
import io.rpcboot.test.Text;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerCallListenerTest {

    private final Network network = Network.tcp();
    private final List<String> ends = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws Exception {
        network.close();
    }

    private void serve(ProbeService service, UnaryOperator<RpcServer.Builder> settings) {
        network.serve(service, server -> settings.apply(listenedTo(server)));
    }

    private RpcServer.Builder listenedTo(RpcServer.Builder server) {
        return server.callListener((method, status, nanos) -> {
            assertThat(nanos).isPositive();
            ends.add(method.fullName() + " " + status);
        });
    }

    @Test
    void theEndOfEveryCallIsToldBeforeItsCallerKnows() {
        serve(ProbeService.echo(), it -> it);

        network.probe().echo(text("hi"));

        assertThat(ends).containsExactly("test.Probe/Echo OK");
    }

    @Test
    void theEndIsToldThroughInterceptorsToo() {
        serve(ProbeService.echo(), it -> it.interceptor((call, next) -> next.invoke(call)));

        network.probe().echo(text("hi"));

        assertThat(ends).containsExactly("test.Probe/Echo OK");
    }

    @Test
    void theEndOfAnAsynchronousMethodIsTold() {
        CompletableFuture<Text> failing = new CompletableFuture<>();
        CompletableFuture<Void> started = new CompletableFuture<>();
        OtherAsync later = request -> {
            started.complete(null);
            return failing;
        };
        network.serve(OtherContract.INSTANCE.bindAsync(later), this::listenedTo);
        CompletableFuture<Text> call = network.client().client(OtherAsync.class).echo(text("hi"));
        assertThat(started).succeedsWithin(Network.LONG);
        assertThat(ends).isEmpty();

        failing.completeExceptionally(new RpcException(RpcStatus.NOT_FOUND, "nothing here"));

        assertThat(call).failsWithin(Network.LONG);

        assertThat(ends).containsExactly("test.Other/Echo NOT_FOUND");
    }

    @Test
    void aFailureIsToldAsTheCallerSeesIt() {
        ProbeService failing = new ProbeService(request -> {
            throw new IllegalStateException("known to the mapper");
        });
        serve(
                failing,
                it -> it.exceptionMapper(failure -> failure instanceof IllegalStateException
                        ? new RpcException(RpcStatus.FAILED_PRECONDITION, "mapped")
                        : null));

        assertThatExceptionOfType(RpcException.class)
                .isThrownBy(() -> network.probe().echo(text("hi")));

        assertThat(ends).containsExactly("test.Probe/Echo FAILED_PRECONDITION");
    }

    @Test
    void aCallThatIsRefusedBeforeItsMethodIsNotTold() {
        serve(
                ProbeService.echo(),
                it -> it.gate(context -> {
                    throw new RpcException(RpcStatus.PERMISSION_DENIED, "no");
                }));

        assertThatExceptionOfType(RpcException.class)
                .isThrownBy(() -> network.probe().echo(text("hi")));

        assertThat(ends).isEmpty();
    }

    @Test
    void aListenerThatFailsHarmsNeitherTheCallNorOtherListeners() {
        serve(
                ProbeService.echo(),
                it -> it.callListener((method, status, nanos) -> {
                            throw new IllegalStateException("a listener's own fault");
                        })
                        .callListener((method, status, nanos) -> ends.add("last")));

        assertThat(network.probe().echo(text("hi"))).isEqualTo(text("hi"));

        assertThat(ends).containsExactly("test.Probe/Echo OK", "last");
    }
}
