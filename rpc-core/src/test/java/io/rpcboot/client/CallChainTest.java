package io.rpcboot.client;

import static io.rpcboot.test.ProbeService.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rpcboot.CallContext;
import io.rpcboot.test.Network;
import io.rpcboot.test.Other;
import io.rpcboot.test.OtherAsync;
import io.rpcboot.test.OtherContract;
import io.rpcboot.test.ProbeAsync;
import io.rpcboot.test.ProbeContract;
import io.rpcboot.test.ProbeService;
import io.rpcboot.test.Text;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A caller calls a service that calls another one: deadline and cancellation go all the way, however the service makes its call. */
class CallChainTest {

    private final Network network = Network.tcp();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicReference<CallContext> farthest = new AtomicReference<>();
    private final CompletableFuture<Void> farthestCancelled = new CompletableFuture<>();

    @AfterEach
    void close() throws Exception {
        farthestCancelled.complete(null);
        threads.shutdown();
        network.close();
    }

    enum Style {
        ON_THE_HANDLERS_THREAD,
        ON_A_THREAD_THAT_IS_HANDED_THE_CONTEXT,
        ASYNCHRONOUSLY
    }

    /** The service at the end, which waits until it is cancelled. */
    private void serveTheFarthest() {
        Other last = request -> {
            CallContext context = Objects.requireNonNull(CallContext.current());
            farthest.set(context);
            context.cancellation().onCancel(() -> farthestCancelled.complete(null));
            farthestCancelled.join();
            return request;
        };
        network.serve(OtherContract.INSTANCE.bind(last), it -> it);
    }

    private void serveTheMiddle(Style style) {
        Other blocking = network.client().client(Other.class);
        OtherAsync async = network.client().client(OtherAsync.class);
        UnaryOperator<Text> middle = switch (style) {
            case ON_THE_HANDLERS_THREAD -> blocking::echo;
            case ON_A_THREAD_THAT_IS_HANDED_THE_CONTEXT ->
                request -> {
                    CompletableFuture<Text> reply = new CompletableFuture<>();
                    Runnable call = () -> reply.complete(blocking.echo(request));
                    threads.execute(
                            Objects.requireNonNull(CallContext.current()).wrap(call));
                    return reply.join();
                };
            case ASYNCHRONOUSLY -> request -> async.echo(request).join();
        };
        network.serve(ProbeContract.INSTANCE.bind(new ProbeService(middle)), it -> it);
    }

    private CompletableFuture<Text> start(Style style, Duration timeout) {
        serveTheFarthest();
        serveTheMiddle(style);
        ProbeAsync first = network.client().client(ProbeAsync.class).with(options -> options.timeout(timeout));
        CompletableFuture<Text> reply = first.act(text("hi"));
        await().atMost(Network.LONG).until(() -> farthest.get() != null);
        return reply;
    }

    @ParameterizedTest
    @EnumSource
    void cancellingTheFirstCallCancelsTheLast(Style style) {
        CompletableFuture<Text> reply = start(style, Network.LONG);

        reply.cancel(true);

        assertThat(farthestCancelled).succeedsWithin(Network.LONG);
    }

    @ParameterizedTest
    @EnumSource
    void theLastCallHasTheDeadlineOfTheFirst(Style style) {
        Duration timeout = Duration.ofSeconds(5);
        start(style, timeout);

        assertThat(farthest.get().deadline().remaining()).isLessThanOrEqualTo(timeout);
        assertThat(farthestCancelled).as("at the deadline").succeedsWithin(Network.LONG);
    }

    @Test
    void aClientThatGoesCancelsTheLastCallToo() {
        serveTheFarthest();
        serveTheMiddle(Style.ON_THE_HANDLERS_THREAD);
        RpcClient leaving = network.client();
        leaving.client(ProbeAsync.class).act(text("hi"));
        await().atMost(Network.LONG).until(() -> farthest.get() != null);

        leaving.close();

        assertThat(farthestCancelled).succeedsWithin(Network.LONG);
    }
}
