package io.rpcboot.client;

import static io.rpcboot.test.ProbeService.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.awaitility.Awaitility.await;

import io.rpcboot.CallContext;
import io.rpcboot.Cancellation;
import io.rpcboot.Deadline;
import io.rpcboot.Endpoint;
import io.rpcboot.Interceptor;
import io.rpcboot.Metadata;
import io.rpcboot.Outcome;
import io.rpcboot.Peer;
import io.rpcboot.Reason;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.balance.RoundRobin;
import io.rpcboot.naming.FixedEndpoints;
import io.rpcboot.server.RpcServer;
import io.rpcboot.test.Network;
import io.rpcboot.test.Probe;
import io.rpcboot.test.ProbeAsync;
import io.rpcboot.test.ProbeContract;
import io.rpcboot.test.ProbeService;
import io.rpcboot.test.Text;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallingTest {

    private final Network network = Network.tcp();

    @AfterEach
    void close() throws Exception {
        network.close();
    }

    private static RpcException failure(Runnable call) {
        AtomicReference<RpcException> failure = new AtomicReference<>();
        assertThatExceptionOfType(RpcException.class).isThrownBy(call::run).satisfies(failure::set);
        return failure.get();
    }

    @Test
    void withoutAnEndpointACallFailsAtOnceAndDidNotRun() {
        RpcException failure = failure(() -> network.probe().echo(text("hi")));

        assertThat(failure.status()).isEqualTo(RpcStatus.UNAVAILABLE);
        assertThat(failure.reason()).isEqualTo(Reason.NO_ENDPOINT);
        assertThat(failure.outcome()).isEqualTo(Outcome.DID_NOT_RUN);
        assertThat(failure).hasMessageContaining("test.Probe").hasMessageContaining("is a provider running");
    }

    @Test
    void withoutAServerAtTheAddressACallFailsAndSaysWhichAddressAndWhy() throws Exception {
        // Bound, so that nobody else begins to listen there.
        try (Socket bound = new Socket()) {
            bound.bind(new InetSocketAddress("127.0.0.1", 0));
            int port = bound.getLocalPort();
            Probe probe = network.client(it -> it.resolver(FixedEndpoints.of(Endpoint.of("127.0.0.1", port))))
                    .client(Probe.class);

            RpcException failure = failure(() -> probe.echo(text("hi")));

            assertThat(failure.reason()).isEqualTo(Reason.CONNECT_FAILED);
            assertThat(failure.outcome()).isEqualTo(Outcome.DID_NOT_RUN);
            assertThat(failure).hasMessageContaining("127.0.0.1:" + port).hasMessageContaining("refused");
        }
    }

    @Test
    void aServerThatStartsLaterIsFound() {
        Probe probe = network.probe();
        failure(() -> probe.echo(text("too early")));

        network.serve(ProbeService.echo());

        assertThat(probe.echo(text("now"))).isEqualTo(text("now"));
    }

    @Test
    void aBlockingCallThatAnInterceptorLosesEndsAfterItsDeadline() {
        Probe probe = network.client(
                        it -> it.timeout(Duration.ofMillis(100)).interceptor((call, next) -> new CompletableFuture<>()))
                .client(Probe.class);

        RpcException failure = failure(() -> probe.echo(text("hi")));

        assertThat(failure.status()).isEqualTo(RpcStatus.DEADLINE_EXCEEDED);
        assertThat(failure).hasMessageContaining("did an interceptor lose it?");
    }

    @Test
    void callsTakeTurnsBetweenEndpoints() {
        network.serve(ProbeService.saying("one"));
        network.serve(ProbeService.saying("two"));
        Probe probe = network.client(it -> it.loadBalancer(RoundRobin::new)).client(Probe.class);
        await().atMost(Network.LONG).until(() -> answers(probe, 2).size() == 2);

        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            texts.add(probe.echo(text("hi")).getText());
        }

        assertThat(texts).containsOnly("one", "two");
        assertThat(texts.stream().filter("one"::equals)).hasSize(5);
    }

    @Test
    void aSecondServerIsUsedAndAStoppedOneIsNot() {
        RpcServer first = network.serve(ProbeService.saying("one"));
        Probe probe = network.client(it -> it.loadBalancer(RoundRobin::new)).client(Probe.class);
        assertThat(answers(probe, 3)).containsExactly("one");

        network.serve(ProbeService.saying("two"));
        await().atMost(Network.LONG).until(() -> answers(probe, 2).contains("two"));
        first.stop(Duration.ofSeconds(10));

        assertThat(answers(probe, 10)).containsExactly("two");
    }

    private static Set<String> answers(Probe probe, int calls) {
        Set<String> answers = new HashSet<>();
        for (int i = 0; i < calls; i++) {
            answers.add(probe.echo(text("hi")).getText());
        }
        return answers;
    }

    @Test
    void callsWithoutARequestAreRefusedAndTakeNoRoom() {
        network.serve(ProbeService.echo());
        Probe probe = network.probe();
        probe.echo(text("hi"));

        for (int i = 0; i < 300; i++) {
            assertThatNullPointerException()
                    .isThrownBy(() -> probe.echo(null))
                    .withMessage("test.Probe/Echo: the request is null");
        }

        assertThat(probe.echo(text("hi"))).isEqualTo(text("hi"));
    }

    @Test
    void theFirstCallsOfManyThreadsAllWaitForTheConnections() throws Exception {
        int threads = 16;
        network.serve(ProbeService.echo());
        network.serve(ProbeService.echo());
        ExecutorService callers = Executors.newFixedThreadPool(threads);
        network.closeLater(callers::shutdown);
        for (int i = 0; i < 300; i++) {
            Probe probe = network.probe();
            CyclicBarrier together = new CyclicBarrier(threads);
            List<Future<Text>> replies = callers.invokeAll(Collections.nCopies(threads, () -> {
                together.await();
                return probe.echo(text("hi"));
            }));

            assertThat(replies).allSatisfy(reply -> assertThat(reply).succeedsWithin(Network.LONG));
        }
    }

    @Test
    void requestsThatCameTogetherAreReadWholeHoweverLateTheirWorkerComes() {
        CompletableFuture<Void> workerMayGo = new CompletableFuture<>();
        network.serve(
                new ProbeService(request -> {
                    workerMayGo.join();
                    return request;
                }),
                it -> it.workers(Executors.newSingleThreadExecutor()));
        ProbeAsync probe = network.client().client(ProbeAsync.class);
        List<CompletableFuture<Text>> replies = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            replies.add(probe.echo(text(i + "x".repeat(i * 15))));
        }

        workerMayGo.complete(null);

        for (int i = 0; i < 200; i++) {
            assertThat(replies.get(i)).succeedsWithin(Network.LONG).isEqualTo(text(i + "x".repeat(i * 15)));
        }
    }

    @Test
    void serversStopUnderLoadWithoutALostCall() throws Exception {
        RpcServer going = network.serve(ProbeService.echo());
        network.serve(ProbeService.echo());
        Probe probe = network.client(it -> it.loadBalancer(RoundRobin::new)).client(Probe.class);
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger done = new AtomicInteger();
        ExecutorService callers = Executors.newFixedThreadPool(4);
        List<CompletableFuture<Void>> loops = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            loops.add(CompletableFuture.runAsync(
                    () -> {
                        while (!stop.get()) {
                            probe.act(text("hi"));
                            done.incrementAndGet();
                        }
                    },
                    callers));
        }
        await().atMost(Network.LONG).until(() -> done.get() > 1000);

        going.stop(Duration.ofSeconds(20));
        int atStop = done.get();
        await().atMost(Network.LONG).until(() -> done.get() > atStop + 1000);
        stop.set(true);

        assertThat(loops).allSatisfy(loop -> assertThat(loop).succeedsWithin(Network.LONG));
        callers.shutdown();
    }

    @Test
    void runningCallsFinishWhenTheServerStops() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        RpcServer server = network.serve(new ProbeService(request -> {
            started.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return request;
        }));
        CompletableFuture<Text> reply =
                network.client().client(ProbeAsync.class).act(text("long"));
        started.await();

        CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> server.stop(Duration.ofSeconds(20)));
        await().atMost(Network.LONG).until(() -> !server.isRunning());
        go.countDown();

        assertThat(reply).succeedsWithin(Network.LONG).isEqualTo(text("long"));
        assertThat(stopped).succeedsWithin(Network.LONG);
    }

    @Test
    void aCallCutOffByAClosedConnectionMayHaveRun() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        RpcServer server = network.serve(new ProbeService(request -> {
            started.countDown();
            try {
                Thread.currentThread().join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return request;
        }));
        CompletableFuture<Text> reply =
                network.client().client(ProbeAsync.class).act(text("long"));
        started.await();

        server.stop(Duration.ZERO);

        assertThat(reply)
                .failsWithin(Network.LONG)
                .withThrowableOfType(java.util.concurrent.ExecutionException.class)
                .havingCause()
                .isInstanceOfSatisfying(RpcException.class, e -> {
                    assertThat(e.status()).isEqualTo(RpcStatus.UNAVAILABLE);
                    assertThat(e.reason()).isEqualTo(Reason.CONNECTION_LOST);
                    assertThat(e.outcome()).isEqualTo(Outcome.MAY_HAVE_RUN);
                });
    }

    @Test
    void aTimedOutCallSaysHowLongItTookAndLeavesNothingBehind() {
        CountDownLatch go = new CountDownLatch(1);
        network.serve(new ProbeService(request -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return request;
        }));
        Probe probe = network.probe();

        RpcException failure =
                failure(() -> probe.with(o -> o.timeout(Duration.ofMillis(100))).echo(text("hi")));
        go.countDown();

        assertThat(failure.status()).isEqualTo(RpcStatus.DEADLINE_EXCEEDED);
        assertThat(failure.site().elapsed())
                .isGreaterThanOrEqualTo(failure.site().timeout());
        assertThat(failure.site().timeout().toMillis()).isBetween(1L, 100L);
        assertThat(probe.echo(text("next"))).isEqualTo(text("next"));
    }

    @Test
    void interruptingABlockedCallerCancelsTheCallAndKeepsTheFlag() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        network.serve(new ProbeService(request -> {
            io.rpcboot.CallContext.current().cancellation().onCancel(cancelled::countDown);
            started.countDown();
            try {
                cancelled.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return request;
        }));
        Probe probe = network.probe();
        AtomicReference<RpcException> failure = new AtomicReference<>();
        AtomicBoolean flag = new AtomicBoolean();
        Thread caller = new Thread(() -> {
            failure.set(failure(() -> probe.echo(text("hi"))));
            flag.set(Thread.currentThread().isInterrupted());
        });
        caller.start();
        started.await();

        caller.interrupt();
        caller.join();

        assertThat(failure.get().status()).isEqualTo(RpcStatus.CANCELLED);
        assertThat(flag).isTrue();
        cancelled.await();
    }

    @Test
    void aBlockingCallerSeesItsOwnStackTrace() {
        RpcException failure = failure(() -> network.probe().echo(text("hi")));

        assertThat(failure.getStackTrace())
                .anySatisfy(frame -> assertThat(frame.getClassName()).isEqualTo(CallingTest.class.getName()));
    }

    @Test
    void resultsOfAsynchronousCallsCompleteOffTheEventLoop() {
        network.serve(ProbeService.echo());
        CompletableFuture<String> thread = new CompletableFuture<>();

        network.client()
                .client(ProbeAsync.class)
                .echo(text("hi"))
                .thenAccept(reply -> thread.complete(Thread.currentThread().getName()));

        assertThat(thread).succeedsWithin(Network.LONG).asString().doesNotStartWith("rpc-io");
    }

    @Test
    void resultsOfAsynchronousCallsCompleteOnTheEventLoopOnRequest() {
        network.serve(new ProbeService(request -> request));
        CompletableFuture<String> thread = new CompletableFuture<>();
        ProbeAsync probe =
                network.client(it -> it.callbackExecutor(Runnable::run)).client(ProbeAsync.class);

        // The first reply of a thousand may come before its callback is set; not all of them do.
        for (int i = 0; i < 1000; i++) {
            probe.echo(text("hi")).thenAccept(reply -> {
                if (Thread.currentThread().getName().startsWith("rpc-io")) {
                    thread.complete(Thread.currentThread().getName());
                }
            });
        }

        assertThat(thread).succeedsWithin(Network.LONG);
    }

    @Test
    void timeoutsComeFromTheMostSpecificPlace() {
        Interceptor tensOfSeconds = (call, next) -> CompletableFuture.failedFuture(new RpcException(
                RpcStatus.ABORTED, "" + Math.round(call.deadline().remainingNanos() / 10e9)));
        ServiceOptions options = ServiceOptions.builder()
                .timeout(Duration.ofSeconds(30))
                .method("Act", MethodOptions.timeout(Duration.ofSeconds(20)))
                .interceptor(tensOfSeconds)
                .build();
        ReferenceOptions reference = new ReferenceOptions(Duration.ofSeconds(40));
        RpcClient configured =
                network.client(it -> it.timeout(Duration.ofSeconds(50)).service("test.Probe", options));
        RpcClient plain = network.client(it -> it.timeout(Duration.ofSeconds(50))
                .service(
                        "test.Probe",
                        ServiceOptions.builder().interceptor(tensOfSeconds).build()));
        Probe probe = configured.client(Probe.class, reference);

        assertThat(failure(() -> probe.with(o -> o.timeout(Duration.ofSeconds(10)))
                                .act(text("")))
                        .description())
                .isEqualTo("1");
        assertThat(failure(() -> probe.act(text(""))).description()).isEqualTo("2");
        assertThat(failure(() -> probe.echo(text(""))).description()).isEqualTo("3");
        assertThat(failure(() -> plain.client(Probe.class, reference).echo(text("")))
                        .description())
                .isEqualTo("4");
        assertThat(failure(() -> plain.client(Probe.class).echo(text(""))).description())
                .isEqualTo("5");
    }

    @Test
    void noCallGetsMoreTimeThanTheLongest() {
        RpcClient client =
                network.client(it -> it.timeout(Duration.ofSeconds(5)).longestTimeout(Duration.ofSeconds(10)));
        Probe probe = client.client(Probe.class);

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> probe.with(o -> o.timeout(Duration.ofSeconds(11))).act(text("")))
                .withMessageContaining("test.Probe/Act")
                .withMessageContaining("PT11S")
                .withMessageContaining("PT10S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.client(Probe.class, new ReferenceOptions(Duration.ofSeconds(11))));
    }

    @Test
    void whatAServedCallCallsIsCancelledWithIt() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CompletableFuture<Void> farthest = new CompletableFuture<>();
        network.serve(new ProbeService(request -> {
            CallContext context = Objects.requireNonNull(CallContext.current());
            context.cancellation().onCancel(() -> farthest.complete(null));
            running.countDown();
            farthest.join();
            return request;
        }));
        Probe probe = network.probe();
        Cancellation served = new Cancellation();
        CallContext serving = new CallContext(
                ProbeContract.ECHO, Metadata.EMPTY, Deadline.after(Network.LONG), Peer.at("somewhere"), served, 0);
        CompletableFuture<RpcException> failure = CompletableFuture.supplyAsync(() -> {
            try (CallContext.Scope scope = serving.enter()) {
                return failure(() -> probe.act(text("hi")));
            }
        });
        running.await();

        served.cancel();

        assertThat(farthest).succeedsWithin(Network.LONG);
        assertThat(failure)
                .succeedsWithin(Network.LONG)
                .satisfies(e -> assertThat(e.status()).isEqualTo(RpcStatus.CANCELLED));
    }

    @Test
    void onlyGeneratedInterfacesHaveClients() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network.client().client(Runnable.class))
                .withMessageContaining("java.lang.Runnable");
    }

    @Test
    void aClosedClientFailsWhatIsUnderWayAndGivesOutNothingNew() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        network.serve(new ProbeService(request -> {
            started.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return request;
        }));
        RpcClient client = network.client();
        Probe probe = client.client(Probe.class);
        CompletableFuture<Text> reply = client.client(ProbeAsync.class).echo(text("hi"));
        started.await();

        client.close();
        go.countDown();

        assertThat(reply).failsWithin(Network.LONG);
        assertThat(failure(() -> probe.echo(text("hi"))).status()).isEqualTo(RpcStatus.UNAVAILABLE);
    }
}
