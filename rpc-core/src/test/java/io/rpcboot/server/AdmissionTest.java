package io.rpcboot.server;

import static io.rpcboot.test.ProbeService.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.rpcboot.Deadline;
import io.rpcboot.Outcome;
import io.rpcboot.Reason;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.test.Network;
import io.rpcboot.test.OtherAsync;
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
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server with few workers and methods that do not return before the test lets them. */
class AdmissionTest {

    private static final AdmissionOptions PATIENT = new AdmissionOptions(Network.LONG, Network.LONG);

    // So many calls on a connection that it is the queue which refuses.
    private final Network network = Network.inProcess(TransportOptions.DEFAULT.withMaxCalls(10_000));
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger running = new AtomicInteger();
    private final ProbeService blocked = new ProbeService(this::block);

    @AfterEach
    void close() throws Exception {
        release.countDown();
        network.close();
    }

    private Text block(Text request) {
        running.incrementAndGet();
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running.decrementAndGet();
        return request;
    }

    private ProbeAsync serve(ExecutorService workers, ServiceOptions options, AdmissionOptions admission) {
        network.serve(
                OtherBindings.other(request -> request),
                server -> server.workers(workers)
                        .admission(admission)
                        .service(ProbeContract.INSTANCE.bind(blocked), options));
        return network.client().client(ProbeAsync.class);
    }

    @Test
    void aServiceWhoseWorkersAllHangIsRefusedWhileAnotherIsServed() {
        ProbeAsync probe = serve(workers(10), ServiceOptions.DEFAULT, AdmissionOptions.DEFAULT);
        await().atMost(Network.LONG).until(() -> {
            probe.act(text("call"));
            return running.get() == 8;
        });

        RpcException refusal = await().atMost(Network.LONG).until(() -> refusal(probe), failure -> failure != null);

        assertThat(refusal.status()).isEqualTo(RpcStatus.RESOURCE_EXHAUSTED);
        assertThat(refusal.reason()).isEqualTo(Reason.LIMIT);
        assertThat(refusal.outcome()).isEqualTo(Outcome.DID_NOT_RUN);
        assertThat(refusal.retryAfter()).isEqualTo(Duration.ofMillis(100));
        assertThat(running).hasValue(8);
        assertThat(network.client().client(OtherAsync.class).echo(text("other")))
                .succeedsWithin(Network.LONG);
        release.countDown();
        await().atMost(Network.LONG).until(() -> refusal(probe) == null);
    }

    @Test
    void allCallsThatWaitWhileAllWorkersHangAreAnsweredInTheEnd() {
        ProbeAsync probe = serve(workers(10), ServiceOptions.DEFAULT, AdmissionOptions.DEFAULT);
        List<CompletableFuture<Text>> calls = calls(probe, 300);

        await().atMost(Network.LONG).until(() -> refusal(probe) != null);
        release.countDown();

        assertThat(calls)
                .allSatisfy(call -> assertThat(call.handle((reply, failure) ->
                                failure == null ? Outcome.RAN : ((RpcException) cause(failure)).outcome()))
                        .succeedsWithin(Network.LONG));
    }

    @Test
    void aServiceRunsNoMoreCallsAtOnceThanConfigured() {
        ServiceOptions three = new ServiceOptions(Execution.WORKER, List.of(), List.of(), 3);
        ProbeAsync probe = serve(workers(10), three, PATIENT);
        AtomicInteger most = new AtomicInteger();
        List<CompletableFuture<Text>> calls = calls(probe, 10);

        await().atMost(Network.LONG).untilAtomic(running, org.hamcrest.Matchers.is(3));
        assertThat(network.client().client(OtherAsync.class).echo(text("other")))
                .succeedsWithin(Network.LONG);
        most.set(running.get());
        release.countDown();

        assertThat(most).hasValue(3);
        assertThat(CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)))
                .succeedsWithin(Network.LONG);
    }

    @Test
    void theConfiguredNumberHoldsForWorkersOfAnyKind() {
        ServiceOptions three = new ServiceOptions(Execution.WORKER, List.of(), List.of(), 3);
        ProbeAsync probe =
                serve(Executors.unconfigurableExecutorService(Executors.newCachedThreadPool()), three, PATIENT);
        List<CompletableFuture<Text>> calls = calls(probe, 10);

        await().atMost(Network.LONG).untilAtomic(running, org.hamcrest.Matchers.is(3));
        assertThat(network.client().client(OtherAsync.class).echo(text("other")))
                .succeedsWithin(Network.LONG);

        assertThat(running).hasValue(3);
        release.countDown();
        assertThat(CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)))
                .succeedsWithin(Network.LONG);
    }

    @Test
    void aCallIsOneTaskForTheWorkersUnlessItFoundItsShareOfThemHeld() {
        AtomicInteger tasks = new AtomicInteger();
        // One thread, but room for so many tasks that the share is never held.
        ExecutorService workers = new ThreadPoolExecutor(1, 1000, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>()) {
            @Override
            public void execute(Runnable task) {
                tasks.incrementAndGet();
                super.execute(task);
            }
        };
        network.serve(blocked, server -> server.workers(workers));
        List<CompletableFuture<Text>> calls = calls(network.client().client(ProbeAsync.class), 50);
        await().atMost(Network.LONG).untilAtomic(tasks, org.hamcrest.Matchers.is(50));

        release.countDown();

        assertThat(CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)))
                .succeedsWithin(Network.LONG);
        assertThat(tasks).hasValue(50);
    }

    @Test
    void noCallIsLeftBehindHoweverTheRunsThatCouldTakeItEnd() {
        ServiceOptions two = new ServiceOptions(Execution.WORKER, List.of(), List.of(), 2);
        network.serve(
                OtherBindings.other(request -> request),
                server -> server.workers(workers(8))
                        .admission(PATIENT)
                        .service(ProbeContract.INSTANCE.bind(ProbeService.echo()), two));
        ProbeAsync probe = network.client().client(ProbeAsync.class);

        for (int burst = 0; burst < 500; burst++) {
            List<CompletableFuture<Text>> calls = calls(probe, 20);

            assertThat(CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)))
                    .as("burst " + burst)
                    .succeedsWithin(Network.LONG);
        }
    }

    @Test
    void callsThatEndWhileTheyWaitNeverRun() {
        network.serve(blocked, server -> server.workers(workers(1)));
        ProbeAsync probe = network.client().client(ProbeAsync.class);
        CompletableFuture<Text> first = probe.echo(text("first"));
        await().atMost(Network.LONG).untilAtomic(running, org.hamcrest.Matchers.is(1));
        List<CompletableFuture<Text>> expired = calls(probe.with(o -> o.timeout(Duration.ofMillis(50))), 200);
        CompletableFuture<Text> cancelled = probe.act(text("cancelled"));

        assertThat(expired).allSatisfy(call -> assertThat(call).failsWithin(Network.LONG));
        cancelled.cancel(true);
        // At the server the time runs from when the request was read.
        Deadline over = Deadline.after(Duration.ofMillis(500));
        await().atMost(Network.LONG).until(over::isExpired);
        release.countDown();

        assertThat(first).succeedsWithin(Network.LONG);
        assertThat(probe.echo(text("after"))).succeedsWithin(Network.LONG);
        assertThat(blocked.calls).hasValueLessThanOrEqualTo(3);
    }

    @Test
    void callsThatWaitAtTheStopAreAnswered() {
        RpcServer server = network.serve(blocked, it -> it.workers(workers(1)));
        ProbeAsync probe = network.client().client(ProbeAsync.class);
        List<CompletableFuture<Text>> calls = calls(probe, 5);
        await().atMost(Network.LONG).untilAtomic(running, org.hamcrest.Matchers.is(1));

        server.stop(Duration.ZERO);

        assertThat(calls).allSatisfy(call -> assertThat(call).failsWithin(Network.LONG));
        assertThat(blocked.calls).hasValue(1);
    }

    @Test
    void optionsThatCannotBeMeantAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AdmissionOptions(Duration.ZERO, Duration.ofMillis(1)))
                .withMessageContaining("target: PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AdmissionOptions(Duration.ofMillis(2), Duration.ofMillis(1)))
                .withMessageContaining("interval: PT0.001S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ServiceOptions(Execution.WORKER, List.of(), List.of(), -1))
                .withMessageContaining("maxConcurrentCalls: -1");
    }

    private static ExecutorService workers(int threads) {
        return WorkerThreads.platform(threads, "few-workers");
    }

    private static List<CompletableFuture<Text>> calls(ProbeAsync probe, int count) {
        List<CompletableFuture<Text>> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            calls.add(probe.act(text("call")));
        }
        return calls;
    }

    /** How a call is refused at once; null if it waits or is served. */
    private static RpcException refusal(ProbeAsync probe) {
        CompletableFuture<Text> call =
                probe.with(o -> o.timeout(Duration.ofMillis(200))).act(text("more"));
        try {
            call.join();
            return null;
        } catch (CompletionException e) {
            RpcException failure = (RpcException) cause(e);
            return failure.status() == RpcStatus.RESOURCE_EXHAUSTED ? failure : null;
        }
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException ? failure.getCause() : failure;
    }
}
