package io.rpcboot.server;

import static io.rpcboot.test.ProbeService.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.rpcboot.CallContext;
import io.rpcboot.Deadline;
import io.rpcboot.Metadata;
import io.rpcboot.Outcome;
import io.rpcboot.Reason;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.client.RpcClient;
import io.rpcboot.test.Network;
import io.rpcboot.test.Probe;
import io.rpcboot.test.ProbeAsync;
import io.rpcboot.test.ProbeContract;
import io.rpcboot.test.ProbeService;
import io.rpcboot.test.Text;
import io.rpcboot.transport.WorkerThreads;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServingTest {

    private final Network network = Network.inProcess();

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
    void theServiceChoosesTheStatusByThrowing() {
        network.serve(new ProbeService(request -> {
            throw new RpcException(RpcStatus.NOT_FOUND, "no user 7");
        }));

        RpcException failure = failure(() -> network.probe().echo(text("hi")));

        assertThat(failure.status()).isEqualTo(RpcStatus.NOT_FOUND);
        assertThat(failure.description()).isEqualTo("no user 7");
        assertThat(failure.outcome()).isEqualTo(Outcome.RAN);
        assertThat(failure).hasMessageContaining("test.Probe/Echo").hasMessageContaining("ran");
    }

    @Test
    void anUnknownExceptionIsInternalAndItsTextStaysAtTheServer() {
        network.serve(new ProbeService(request -> {
            throw new IllegalStateException("password is secret");
        }));

        RpcException failure = failure(() -> network.probe().echo(text("hi")));

        assertThat(failure.status()).isEqualTo(RpcStatus.INTERNAL);
        assertThat(failure.outcome()).isEqualTo(Outcome.RAN);
        assertThat(failure.getMessage()).doesNotContain("secret");
    }

    @Test
    void theTextOfUnknownExceptionsIsShownWhereThatIsWanted() {
        network.serve(
                new ProbeService(request -> {
                    throw new IllegalStateException("a bug");
                }),
                server -> server.exposeErrorText(true));

        RpcException failure = failure(() -> network.probe().echo(text("hi")));

        assertThat(failure.description()).contains("a bug");
    }

    @Test
    void errorsOfTheJvmAreAnsweredAndTheServerGoesOn() {
        network.serve(new ProbeService(request -> {
            if (request.getText().equals("recurse")) {
                throw new StackOverflowError();
            }
            return request;
        }));
        Probe probe = network.probe();

        assertThat(failure(() -> probe.echo(text("recurse"))).status()).isEqualTo(RpcStatus.INTERNAL);
        assertThat(probe.echo(text("next"))).isEqualTo(text("next"));
    }

    @Test
    void aServiceThatReturnsNullIsInternal() {
        network.serve(new ProbeService(request -> null));

        assertThat(failure(() -> network.probe().echo(text("hi"))).status()).isEqualTo(RpcStatus.INTERNAL);
    }

    @Test
    void exceptionsAreMappedInOrder() {
        network.serve(
                new ProbeService(request -> {
                    throw new IllegalArgumentException("age: -1");
                }),
                server -> server.exceptionMapper(e -> null)
                        .exceptionMapper(e -> new RpcException(RpcStatus.INVALID_ARGUMENT, e.getMessage()))
                        .exceptionMapper(e -> new RpcException(RpcStatus.DATA_LOSS, "too late")));

        RpcException failure = failure(() -> network.probe().echo(text("hi")));

        assertThat(failure.status()).isEqualTo(RpcStatus.INVALID_ARGUMENT);
        assertThat(failure.description()).isEqualTo("age: -1");
    }

    @Test
    void aGateRefusesBeforeTheMethodRuns() {
        ProbeService service = ProbeService.echo();
        network.serve(
                service,
                server -> server.gate(call -> {
                    if (!"let me in".equals(call.metadata().text("password"))) {
                        throw new RpcException(RpcStatus.PERMISSION_DENIED, "no password");
                    }
                }));
        Probe probe = network.probe();

        RpcException failure = failure(() -> probe.echo(text("hi")));

        assertThat(failure.status()).isEqualTo(RpcStatus.PERMISSION_DENIED);
        assertThat(failure.reason()).isEqualTo(Reason.REFUSED);
        assertThat(failure.outcome()).isEqualTo(Outcome.DID_NOT_RUN);
        assertThat(service.calls).hasValue(0);
        assertThat(probe.with(o -> o.metadata("password", "let me in")).echo(text("hi")))
                .isEqualTo(text("hi"));
    }

    @Test
    void interceptorsOfTheServerRunAroundThoseOfTheService() {
        List<String> order = new CopyOnWriteArrayList<>();
        ServiceOptions options = new ServiceOptions(
                Execution.WORKER,
                List.of((call, next) -> {
                    order.add("service");
                    return next.invoke(call);
                }),
                List.of());
        RpcServer server = RpcServer.builder(network.transport())
                .address(new InetSocketAddress("127.0.0.1", 0))
                .interceptor((call, next) -> {
                    order.add("server");
                    return next.invoke(call);
                })
                .service(
                        ProbeContract.INSTANCE.bind(new ProbeService(request -> {
                            order.add("method");
                            return request;
                        })),
                        options)
                .build();
        server.start();
        server.announce(network.naming, io.rpcboot.Endpoint.of("127.0.0.1", server.port()));

        network.probe().echo(text("hi"));

        assertThat(order).containsExactly("server", "service", "method");
        server.stop(Duration.ZERO);
    }

    @Test
    void anInterceptorThatThrowsFailsTheCall() {
        network.serve(
                ProbeService.echo(),
                server -> server.interceptor((call, next) -> {
                    throw new RpcException(RpcStatus.UNAUTHENTICATED, "who are you?");
                }));

        assertThat(failure(() -> network.probe().echo(text("hi"))).status()).isEqualTo(RpcStatus.UNAUTHENTICATED);
    }

    @Test
    void workThatIsTooLateIsNotStarted() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch started = new CountDownLatch(1);
        ProbeService service = new ProbeService(request -> {
            started.countDown();
            awaitLatch(blocked);
            return request;
        });
        network.serve(service, server -> server.workers(WorkerThreads.platform(1, "only-worker")));
        ProbeAsync probe = network.client().client(ProbeAsync.class);
        CompletableFuture<Text> first = probe.echo(text("first"));
        started.await();

        RpcException failure = failure(() ->
                network.probe().with(o -> o.timeout(Duration.ofMillis(50))).act(text("late")));
        // At the server the time runs from when the request was read.
        Deadline over = Deadline.after(Duration.ofMillis(500));
        await().atMost(Network.LONG).until(over::isExpired);
        blocked.countDown();

        assertThat(failure.status()).isEqualTo(RpcStatus.DEADLINE_EXCEEDED);
        assertThat(first).succeedsWithin(Network.LONG);
        assertThat(probe.echo(text("after"))).succeedsWithin(Network.LONG);
        assertThat(service.calls).hasValue(2);
    }

    @Test
    void cancellingTheFutureCancelsAtTheServer() throws Exception {
        CompletableFuture<CallContext> serving = new CompletableFuture<>();
        CountDownLatch end = new CountDownLatch(1);
        network.serve(new ProbeService(request -> {
            CallContext context = CallContext.current();
            context.cancellation().onCancel(end::countDown);
            serving.complete(context);
            awaitLatch(end);
            return request;
        }));
        CompletableFuture<Text> reply =
                network.client().client(ProbeAsync.class).echo(text("hi"));
        CallContext context = serving.get();

        reply.cancel(true);

        await().atMost(Network.LONG).until(context::isCancelled);
    }

    @Test
    void theDeadlineCancelsAtTheServer() {
        CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
        network.serve(new ProbeService(request -> {
            CountDownLatch end = new CountDownLatch(1);
            CallContext.current().cancellation().onCancel(end::countDown);
            awaitLatch(end);
            cancelled.complete(true);
            return request;
        }));

        RpcException failure = failure(() ->
                network.probe().with(o -> o.timeout(Duration.ofSeconds(3))).echo(text("hi")));

        assertThat(failure.status()).isEqualTo(RpcStatus.DEADLINE_EXCEEDED);
        assertThat(failure.outcome()).isEqualTo(Outcome.MAY_HAVE_RUN);
        assertThat(cancelled).succeedsWithin(Network.LONG);
    }

    @Test
    void aLostConnectionCancelsWhatRunsForIt() throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        CountDownLatch started = new CountDownLatch(1);
        network.serve(new ProbeService(request -> {
            CallContext.current().cancellation().onCancel(cancelled::countDown);
            started.countDown();
            awaitLatch(cancelled);
            return request;
        }));
        RpcClient client = network.client();
        CompletableFuture<Text> reply = client.client(ProbeAsync.class).echo(text("hi"));
        started.await();

        client.close();

        cancelled.await();
        assertThat(reply).failsWithin(Network.LONG);
    }

    @Test
    void callsMadeWhileServingInheritTheDeadline() {
        AtomicReference<Deadline> inner = new AtomicReference<>();
        network.serve(new ProbeService(request -> {
            inner.set(CallContext.current().deadline());
            return request;
        }));
        Probe downstream = network.probe();
        RpcServer front = network.serve(OtherBindings.other(request -> downstream.echo(request)), server -> server);

        Deadline before = Deadline.after(Duration.ofSeconds(5));
        network.client()
                .client(io.rpcboot.test.Other.class)
                .with(o -> o.timeout(Duration.ofSeconds(5)))
                .echo(text("hi"));

        assertThat(front.isRunning()).isTrue();
        assertThat(Duration.ofNanos(inner.get().nanoTime() - before.nanoTime())).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void theFailureOfACallMadeWhileServingIsNotTakenForTheCallItself() {
        Probe nowhere = network.client(it -> it.resolver(io.rpcboot.naming.FixedEndpoints.of()))
                .client(Probe.class);
        network.serve(OtherBindings.other(nowhere::echo), server -> server);

        RpcException failure = failure(
                () -> network.client().client(io.rpcboot.test.Other.class).echo(text("hi")));

        assertThat(failure.status()).isEqualTo(RpcStatus.UNAVAILABLE);
        assertThat(failure.outcome()).isEqualTo(Outcome.RAN);
        assertThat(failure.retryAfter()).isNegative();
    }

    @Test
    void theHandlerSeesWhoCallsAndWithWhichHeaders() {
        AtomicReference<CallContext> seen = new AtomicReference<>();
        network.serve(new ProbeService(request -> {
            seen.set(CallContext.current());
            return request;
        }));

        network.client(it -> it.application("shop").incarnation(42))
                .client(Probe.class)
                .with(o -> o.metadata("tag", "a"))
                .echo(text("hi"));

        assertThat(seen.get().peer().application()).isEqualTo("shop");
        assertThat(seen.get().peer().incarnation()).isEqualTo(42);
        assertThat(seen.get().metadata()).isEqualTo(Metadata.of("tag", "a"));
        assertThat(seen.get().method().fullName()).isEqualTo("test.Probe/Echo");
        assertThat(CallContext.current()).isNull();
    }

    @Test
    void aServiceOnTheEventLoopMustNotBlock() {
        Probe downstream = network.probe();
        network.serve(ProbeService.echo());
        network.serve(OtherBindings.other(downstream::echo), server -> server);
        RpcServer server = RpcServer.builder(network.transport())
                .address(new InetSocketAddress("127.0.0.1", 0))
                .service(
                        OtherBindings.other(downstream::echo),
                        new ServiceOptions(Execution.EVENT_LOOP, List.of(), List.of()))
                .exposeErrorText(true)
                .build();
        server.start();
        io.rpcboot.test.Other other = network.client(it -> it.resolver(
                        io.rpcboot.naming.FixedEndpoints.of(io.rpcboot.Endpoint.of("127.0.0.1", server.port()))))
                .client(io.rpcboot.test.Other.class);

        RpcException failure = failure(() -> other.echo(text("hi")));

        assertThat(failure.status()).isEqualTo(RpcStatus.FAILED_PRECONDITION);
        assertThat(failure.description()).contains("BLOCKING_ON_EVENT_LOOP");
        server.stop(Duration.ZERO);
    }

    @Test
    void oneServerOffersAServiceOnce() {
        RpcServer.Builder builder = RpcServer.builder(network.transport())
                .service(ProbeContract.INSTANCE.bind(ProbeService.echo()))
                .service(ProbeContract.INSTANCE.bind(ProbeService.echo()));

        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining("test.Probe");
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (Network tcp = Network.tcp()) {
            RpcServer first = tcp.serve(ProbeService.echo());
            RpcServer second = RpcServer.builder(tcp.transport())
                    .address(new InetSocketAddress("127.0.0.1", first.port()))
                    .build();

            assertThatExceptionOfType(BindFailedException.class)
                    .isThrownBy(second::start)
                    .satisfies(e -> assertThat(e.port()).isEqualTo(first.port()))
                    .withMessageContaining("" + first.port());
        }
    }

    @Test
    void whoJoinsAServerWaitsUntilItHasStopped() throws Exception {
        RpcServer server = network.serve(ProbeService.echo());
        CompletableFuture<Void> joined = CompletableFuture.runAsync(() -> {
            try {
                server.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        assertThat(joined).isNotDone();
        server.close();

        assertThat(joined).succeedsWithin(Network.LONG);
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
