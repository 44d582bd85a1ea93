package io.rpcboot.client;

import static io.rpcboot.test.ProbeService.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rpcboot.Outcome;
import io.rpcboot.Reason;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.test.Network;
import io.rpcboot.test.Other;
import io.rpcboot.test.OtherContract;
import io.rpcboot.test.Probe;
import io.rpcboot.test.ProbeAsync;
import io.rpcboot.test.ProbeContract;
import io.rpcboot.test.ProbeService;
import io.rpcboot.test.Text;
import io.rpcboot.transport.TransportOptions;
import io.rpcboot.transport.WorkerThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls beyond what a server accepts on one connection. */
class RoomTest {

    private static final int ROOM = 3;

    private final Network network = Network.tcp(TransportOptions.DEFAULT.withMaxCalls(ROOM));
    private final Semaphore answers = new Semaphore(0);
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @AfterEach
    void close() throws Exception {
        answers.release(1_000_000);
        network.close();
    }

    private ProbeService held() {
        return new ProbeService(request -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            answers.acquireUninterruptibly();
            running.decrementAndGet();
            return request;
        });
    }

    private static List<CompletableFuture<Text>> calls(ProbeAsync probe, int count) {
        List<CompletableFuture<Text>> replies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            replies.add(probe.act(text("call " + i)));
        }
        return replies;
    }

    /** One of the two holds its calls, the other one was called once. */
    private RpcClient clientOfTwoServices(Network wide) {
        wide.serve(
                OtherContract.INSTANCE.bind((Other) request -> request),
                it -> it.service(ProbeContract.INSTANCE.bind(held())).workers(WorkerThreads.platform(200, "worker")));
        RpcClient client = wide.client();
        client.client(Other.class).echo(text("warm up"));
        return client;
    }

    /** A client whose connection is open and knows the server's limit. */
    private ProbeAsync connected(RpcClient client) {
        answers.release();
        client.client(Probe.class).act(text("first"));
        return client.client(ProbeAsync.class);
    }

    @Test
    void theyWaitAtTheCallerUntilOthersHaveEnded() {
        ProbeService service = held();
        network.serve(service);
        ProbeAsync probe = connected(network.client());

        List<CompletableFuture<Text>> replies = calls(probe, 50);
        await().atMost(Network.LONG).until(() -> running.get() == ROOM);
        answers.release(1_000);

        assertThat(replies).allSatisfy(reply -> assertThat(reply).succeedsWithin(Network.LONG));
        assertThat(most).hasValue(ROOM);
        assertThat(service.calls).hasValue(51);
    }

    @Test
    void theyGoOverFurtherConnectionsWhereThereAreSome() throws Exception {
        // What every server accepts, whether or not its HELLO has come.
        int room = 100;
        try (Network wide = Network.tcp(TransportOptions.DEFAULT.withMaxCalls(room))) {
            wide.serve(held(), it -> it.workers(WorkerThreads.platform(3 * room, "worker")));
            ProbeAsync probe =
                    connected(wide.client(it -> it.connections(ConnectionOptions.DEFAULT.withPerEndpoint(2))));

            List<CompletableFuture<Text>> replies = calls(probe, 3 * room);
            await().atMost(Network.LONG).until(() -> running.get() == 2 * room);
            answers.release(1_000);

            assertThat(replies).allSatisfy(reply -> assertThat(reply).succeedsWithin(Network.LONG));
            assertThat(most).hasValue(2 * room);
        }
    }

    @Test
    void aServiceThatHangsLeavesRoomForTheOthersOfItsEndpoint() throws Exception {
        try (Network wide = Network.tcp(TransportOptions.DEFAULT.withMaxCalls(100))) {
            RpcClient client = clientOfTwoServices(wide);
            Other other = client.client(Other.class);
            ProbeAsync hanging = connected(client);

            List<CompletableFuture<Text>> replies = calls(hanging, 300);
            await().atMost(Network.LONG).until(() -> running.get() == 80);

            assertThat(other.echo(text("other"))).isEqualTo(text("other"));
            assertThat(most).hasValue(80);
            answers.release(1_000);
            assertThat(replies).allSatisfy(reply -> assertThat(reply).succeedsWithin(Network.LONG));
        }
    }

    @Test
    void onlySoManyWait() {
        network.serve(held());
        ProbeAsync probe = connected(
                network.client(it -> it.callbackExecutor(Runnable::run).waiting(new WaitingOptions(5, 1 << 20))));

        List<CompletableFuture<Text>> replies = calls(probe, 20);

        List<CompletableFuture<Text>> refused =
                replies.stream().filter(CompletableFuture::isDone).toList();
        assertThat(refused)
                .hasSize(20 - ROOM - 5)
                .allSatisfy(reply -> assertThat(reply)
                        .failsWithin(Network.LONG)
                        .withThrowableOfType(ExecutionException.class)
                        .havingCause()
                        .isInstanceOfSatisfying(RpcException.class, e -> {
                            assertThat(e.status()).isEqualTo(RpcStatus.RESOURCE_EXHAUSTED);
                            assertThat(e.reason()).isEqualTo(Reason.LIMIT);
                            assertThat(e.outcome()).isEqualTo(Outcome.DID_NOT_RUN);
                            assertThat(e).hasMessageContaining("5 calls").hasMessageContaining("as it accepts");
                        }));
    }

    @Test
    void thoseThatAreCancelledKeepNobodyOut() {
        network.serve(held());
        ProbeAsync probe = connected(
                network.client(it -> it.callbackExecutor(Runnable::run).waiting(new WaitingOptions(5, 1 << 20))));
        List<CompletableFuture<Text>> replies = calls(probe, ROOM + 5);

        replies.subList(ROOM, ROOM + 5).forEach(reply -> reply.cancel(true));
        List<CompletableFuture<Text>> next = calls(probe, 5);
        answers.release(1_000);

        assertThat(next).allSatisfy(reply -> assertThat(reply).succeedsWithin(Network.LONG));
    }

    @Test
    void theirRequestsMayHaveOnlySoManyBytes() {
        network.serve(held());
        ProbeAsync probe = connected(
                network.client(it -> it.callbackExecutor(Runnable::run).waiting(new WaitingOptions(1000, 20))));

        List<CompletableFuture<Text>> replies = calls(probe, ROOM + 3);

        assertThat(replies.stream().filter(CompletableFuture::isDone))
                .as("two requests of 8 bytes fit")
                .hasSize(1);
    }

    @Test
    void whoWaitsInVainIsToldAtTheDeadline() {
        network.serve(held());
        ProbeAsync probe = connected(network.client());
        calls(probe, ROOM);

        CompletableFuture<Text> late =
                probe.with(o -> o.timeout(Duration.ofMillis(50))).act(text("late"));

        assertThat(late)
                .failsWithin(Network.LONG)
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isInstanceOfSatisfying(RpcException.class, e -> {
                    assertThat(e.status()).isEqualTo(RpcStatus.DEADLINE_EXCEEDED);
                    assertThat(e.outcome()).isEqualTo(Outcome.DID_NOT_RUN);
                });
    }

    @Test
    void aCancelledOneDoesNotGoOut() {
        ProbeService service = held();
        network.serve(service);
        ProbeAsync probe = connected(network.client());
        List<CompletableFuture<Text>> replies = calls(probe, ROOM + 1);
        await().atMost(Network.LONG).until(() -> running.get() == ROOM);

        replies.get(ROOM).cancel(true);
        answers.release(1_000);

        assertThat(replies.subList(0, ROOM))
                .allSatisfy(reply -> assertThat(reply).succeedsWithin(Network.LONG));
        assertThat(probe.act(text("next"))).succeedsWithin(Network.LONG);
        assertThat(service.calls).hasValue(1 + ROOM + 1);
    }

    @Test
    void aCallThatWasGivenUpTakesRoomUntilItsMethodHasEnded() {
        network.serve(held());
        ProbeAsync probe = connected(network.client());
        List<CompletableFuture<Text>> first = calls(probe, ROOM);
        await().atMost(Network.LONG).until(() -> running.get() == ROOM);

        first.forEach(reply -> reply.cancel(true));
        CompletableFuture<Text> late =
                probe.with(o -> o.timeout(Duration.ofMillis(100))).act(text("late"));

        assertThat(late)
                .failsWithin(Network.LONG)
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isInstanceOfSatisfying(RpcException.class, e -> {
                    assertThat(e.status()).isEqualTo(RpcStatus.DEADLINE_EXCEEDED);
                    assertThat(e.outcome()).isEqualTo(Outcome.DID_NOT_RUN);
                });
        CompletableFuture<Text> next = probe.act(text("next"));
        answers.release(1_000);
        assertThat(next).succeedsWithin(Network.LONG);
        assertThat(most).hasValue(ROOM);
    }

    @Test
    void callsThatTimedOutStillCountInTheShareOfTheirService() throws Exception {
        try (Network wide = Network.tcp(TransportOptions.DEFAULT.withMaxCalls(100))) {
            RpcClient client = clientOfTwoServices(wide);
            Other other = client.client(Other.class);
            ProbeAsync hanging = connected(client).with(o -> o.timeout(Duration.ofSeconds(2)));

            List<CompletableFuture<Text>> replies = calls(hanging, 300);
            await().atMost(Network.LONG).until(() -> running.get() == 80);
            assertThat(replies).allSatisfy(reply -> assertThat(reply).failsWithin(Network.LONG));
            List<CompletableFuture<Text>> more = calls(hanging, 300);

            assertThat(other.echo(text("other"))).isEqualTo(text("other"));
            assertThat(more).allSatisfy(reply -> assertThat(reply).failsWithin(Network.LONG));
            assertThat(most).hasValue(80);
        }
    }
}
