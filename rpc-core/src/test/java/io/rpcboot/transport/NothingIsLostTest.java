package io.rpcboot.transport;

import static io.rpcboot.test.ProbeService.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.AbstractParser;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.MessageLite;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.rpcboot.CallContext;
import io.rpcboot.Cancellation;
import io.rpcboot.Deadline;
import io.rpcboot.Endpoint;
import io.rpcboot.Idempotency;
import io.rpcboot.Metadata;
import io.rpcboot.MethodKind;
import io.rpcboot.Outcome;
import io.rpcboot.Reason;
import io.rpcboot.RpcCall;
import io.rpcboot.RpcException;
import io.rpcboot.RpcReply;
import io.rpcboot.RpcStatus;
import io.rpcboot.balance.Candidate;
import io.rpcboot.balance.LoadBalancer;
import io.rpcboot.client.RpcClient;
import io.rpcboot.contract.MethodContract;
import io.rpcboot.naming.FixedEndpoints;
import io.rpcboot.server.RpcServer;
import io.rpcboot.test.Network;
import io.rpcboot.test.Probe;
import io.rpcboot.test.ProbeAsync;
import io.rpcboot.test.ProbeService;
import io.rpcboot.test.Text;
import io.rpcboot.wire.FrameKind;
import io.rpcboot.wire.FrameLimits;
import io.rpcboot.wire.Header;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever fails in or around a call, the call ends, once, and with the truth. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NothingIsLostTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    /** Waits for longer than the timeout, and less than {@link Network#LONG}. */
    private static final int PATIENCE_SECONDS = 20;

    private static Throwable failure(CompletableFuture<?> reply) throws Exception {
        try {
            return new AssertionError("succeeded: " + reply.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (TimeoutException e) {
            return new AssertionError("not completed within " + PATIENCE_SECONDS + " s");
        }
    }

    /** A call that is lost ends all the same, at its deadline. */
    private static void assertNotLost(Throwable failure) {
        assertThat(failure)
                .isInstanceOfSatisfying(
                        RpcException.class, e -> assertThat(e.status()).isNotEqualTo(RpcStatus.DEADLINE_EXCEEDED));
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static MessageLite liar(int size) {
        return (MessageLite) Proxy.newProxyInstance(
                NothingIsLostTest.class.getClassLoader(),
                new Class<?>[] {MessageLite.class},
                (p, m, a) -> m.getName().equals("getSerializedSize")
                        ? (Object) size
                        : m.getName().equals("toString") ? "liar" : m.getName().equals("hashCode") ? (Object) 1 : null);
    }

    @Test
    void aMapperThatThrowsDoesNotLoseTheAnswer() throws Exception {
        try (Network network = Network.tcp()) {
            network.serve(
                    new ProbeService(r -> {
                        throw new IllegalStateException("user");
                    }),
                    it -> it.exceptionMapper(e -> {
                        throw new NullPointerException("mapper");
                    }));
            ProbeAsync probe = network.client(it -> it.timeout(TIMEOUT)).client(ProbeAsync.class);
            assertThat(failure(probe.act(text("hi"))))
                    .isInstanceOfSatisfying(
                            RpcException.class, e -> assertThat(e.status()).isEqualTo(RpcStatus.INTERNAL));
        }
    }

    @Test
    void aLargeReplyThatCannotBeEncodedIsAnsweredAllTheSame() throws Exception {
        try (Network network = Network.tcp()) {
            network.serve(
                    ProbeService.echo(),
                    it -> it.interceptor((call, next) -> next.invoke(call).thenApply(r -> RpcReply.of(liar(10_000)))));
            ProbeAsync probe = network.client(it -> it.timeout(TIMEOUT)).client(ProbeAsync.class);
            assertThat(failure(probe.act(text("hi"))))
                    .isInstanceOfSatisfying(
                            RpcException.class, e -> assertThat(e.status()).isEqualTo(RpcStatus.INTERNAL));
        }
    }

    @Test
    void aFailureThatCannotBeEncodedIsToldAllTheSame() throws Exception {
        try (Network network = Network.tcp()) {
            network.serve(new ProbeService(r -> {
                throw RpcException.of(RpcStatus.UNAVAILABLE, "for ever")
                        .retryAfter(Duration.ofSeconds(Long.MAX_VALUE))
                        .build();
            }));
            ProbeAsync probe = network.client(it -> it.timeout(TIMEOUT)).client(ProbeAsync.class);
            assertThat(failure(probe.act(text("hi"))))
                    .isInstanceOfSatisfying(
                            RpcException.class, e -> assertThat(e.status()).isEqualTo(RpcStatus.INTERNAL));
        }
    }

    @Test
    void aBalancerThatThrowsFailsTheCall() throws Exception {
        try (Network network = Network.tcp()) {
            network.serve(ProbeService.echo());
            ProbeAsync probe = network.client(it -> it.timeout(TIMEOUT).loadBalancer(() -> new LoadBalancer() {
                        @Override
                        public <T extends Candidate> T choose(List<T> candidates, RpcCall call) {
                            throw new IllegalStateException("balancer");
                        }
                    }))
                    .client(ProbeAsync.class);
            assertNotLost(failure(probe.act(text("hi"))));
        }
    }

    @Test
    void aTransportThatClosesEndsCallsThatWait() throws Exception {
        Transport transport = Transport.tcp(TransportOptions.DEFAULT);
        RpcClient client = RpcClient.builder(transport)
                .resolver((service, onChange) -> () -> {})
                .timeout(TIMEOUT)
                .build();
        CompletableFuture<Text> reply = client.client(ProbeAsync.class).act(text("hi"));
        transport.close();
        assertNotLost(failure(reply));
    }

    @Test
    void aCallAfterTheTransportClosedFailsWithRpcException() throws Exception {
        Transport transport = Transport.tcp(TransportOptions.DEFAULT);
        RpcClient client = RpcClient.builder(transport)
                .resolver(FixedEndpoints.of(Endpoint.of("127.0.0.1", 1)))
                .timeout(TIMEOUT)
                .build();
        Probe probe = client.client(Probe.class);
        transport.close();
        Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(() -> probe.act(text("hi")));
        assertNotLost(thrown);
    }

    @Test
    void metadataOfAReplyInPiecesArrives() throws Exception {
        try (Network network = Network.tcp()) {
            network.serve(
                    ProbeService.echo(),
                    it -> it.interceptor((call, next) -> next.invoke(call)
                            .thenApply(r -> new RpcReply(r.message(), Metadata.of("served-by", "one")))));
            List<Metadata> seen = new ArrayList<>();
            Probe probe = network.client(it -> it.interceptor(
                            (call, next) -> next.invoke(call).whenComplete((r, f) -> seen.add(r.metadata()))))
                    .client(Probe.class);
            probe.act(text("small"));
            probe.act(text("x".repeat(100_000)));
            assertThat(seen).extracting(m -> m.text("served-by")).containsExactly("one", "one");
        }
    }

    @Test
    void aMovedCallIsNotTouchedByItsFirstConnection() throws Exception {
        FrameLimits limits = new FrameLimits(16384, 100 << 20, 8192);
        // A, which answers nothing, must not become suspect.
        KeepaliveOptions patient = new KeepaliveOptions(Network.LONG, Network.LONG, Network.LONG, Network.LONG);
        TransportOptions options = TransportOptions.DEFAULT.withLimits(limits).withKeepalive(patient);
        try (Network network = Network.tcp(options);
                StalledServer a = new StalledServer(options)) {
            CountDownLatch started = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            RpcServer b = network.serve(new ProbeService(r -> {
                if (r.getText().length() > 100) {
                    started.countDown();
                    waitFor(go);
                    return text("big");
                }
                return r;
            }));
            AtomicInteger bigSeen = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            ProbeAsync probe = network.client(it -> it.resolver(FixedEndpoints.of(
                                    Endpoint.of("127.0.0.1", a.port()), Endpoint.of("127.0.0.1", b.port())))
                            .loadBalancer(() -> new LoadBalancer() {
                                @Override
                                public <T extends Candidate> T choose(List<T> candidates, RpcCall call) {
                                    most.set(Math.max(most.get(), candidates.size()));
                                    boolean toA =
                                            call.request().getSerializedSize() > 100 && bigSeen.getAndIncrement() == 0;
                                    int port = toA ? a.port() : b.port();
                                    return candidates.stream()
                                            .filter(c -> c.endpoint().port() == port)
                                            .findFirst()
                                            .orElse(candidates.get(0));
                                }
                            }))
                    .client(ProbeAsync.class);
            while (most.get() < 2) {
                try {
                    probe.with(o -> o.timeout(Duration.ofMillis(300)))
                            .echo(text("warm"))
                            .get();
                } catch (ExecutionException e) {
                    assertThat(e).hasCauseInstanceOf(RpcException.class);
                }
            }
            CompletableFuture<Text> reply = probe.act(text("x".repeat(30 << 20)));
            RpcException refusal = RpcException.of(RpcStatus.UNAVAILABLE, "stopping")
                    .reason(Reason.DRAINING)
                    .outcome(Outcome.DID_NOT_RUN)
                    .build();
            Header header = new Header().callId(a.idOfRequestInPieces()).kind(FrameKind.RESPONSE);
            Failures.fill(header, refusal);
            a.send(EncodedFrames.of(header, null));
            assertThat(started.await(Network.LONG.toSeconds(), TimeUnit.SECONDS))
                    .as("runs on B; reply " + reply)
                    .isTrue();
            a.close();
            await().during(Duration.ofMillis(500)).atMost(Network.LONG).until(() -> !reply.isDone());
            go.countDown();
            assertThat(reply).succeedsWithin(Network.LONG).isEqualTo(text("big"));
        }
    }

    @Test
    void aRequestThatCannotBeEncodedLeavesNoBuffer() throws Exception {
        try (Network network = Network.tcp()) {
            network.serve(ProbeService.echo());
            Probe probe = network.client().client(Probe.class);
            probe.echo(text("warm"));
            var metric = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
            String big = "x".repeat(1 << 20);
            Metadata metadata = Metadata.of("k", "v".repeat(20_000));
            long before = metric.usedDirectMemory();
            RpcException last = null;
            for (int i = 0; i < 100; i++) {
                try {
                    probe.with(o -> o.metadata(metadata)).echo(text(big));
                } catch (RpcException e) {
                    last = e;
                }
            }
            long grown = (metric.usedDirectMemory() - before) >> 20;
            assertThat(grown).as("MiB; the last failure was " + last).isLessThan(30);
        }
    }

    @Test
    void theFirstCallMayBeVeryLarge() throws Exception {
        TransportOptions options = TransportOptions.DEFAULT.withLimits(new FrameLimits(16384, 100 << 20, 8192));
        try (Network network = Network.tcp(options)) {
            network.serve(ProbeService.saying("ok"));
            Probe probe = network.client().client(Probe.class);
            assertThat(probe.act(text("x".repeat(70 << 20)))).isEqualTo(text("ok"));
        }
    }

    @Test
    void aMethodRanAlthoughACallItMadeDidNot() throws Exception {
        try (Network network = Network.tcp()) {
            Probe other = network.client().client(Probe.class);
            network.serve(new ProbeService(r -> {
                other.watch(r);
                return r;
            }));
            RpcException e = (RpcException)
                    failure(network.client().client(ProbeAsync.class).act(text("hi")));
            assertThat(e.outcome()).isEqualTo(Outcome.RAN);
        }
    }

    @Test
    void aMethodRanAlthoughItsInterceptorReturnedNull() throws Exception {
        try (Network network = Network.tcp()) {
            ProbeService service = ProbeService.echo();
            network.serve(
                    service,
                    it -> it.interceptor((call, next) -> {
                        next.invoke(call);
                        return null;
                    }));
            RpcException e = (RpcException)
                    failure(network.client().client(ProbeAsync.class).act(text("hi")));
            assertThat(service.calls.get()).isEqualTo(1);
            assertThat(e.outcome()).isNotEqualTo(Outcome.DID_NOT_RUN);
        }
    }

    @Test
    void aReplyParserThatFailsEndsTheCall() throws Exception {
        try (Network network = Network.tcp()) {
            RpcServer server = network.serve(ProbeService.echo());
            ClientConnection connection = network.transport()
                    .connect(Endpoint.of("127.0.0.1", server.port()), Identity.of("x"))
                    .get();
            MethodContract<Text, Text> method = new MethodContract<>(
                    "test.Probe",
                    "Echo",
                    MethodKind.UNARY,
                    Idempotency.UNKNOWN,
                    Text.parser(),
                    new AbstractParser<Text>() {
                        @Override
                        public Text parsePartialFrom(CodedInputStream in, ExtensionRegistryLite r) {
                            throw new OutOfMemoryError("simulated");
                        }
                    });
            CompletableFuture<RpcReply> reply = connection.invoke(
                    RpcCall.unary(method, text("hi"), Metadata.EMPTY, Deadline.after(TIMEOUT), new Cancellation()));
            assertNotLost(failure(reply));
        }
    }

    @Test
    void aLargeRequestThatCannotBeEncodedFailsItsFuture() throws Exception {
        try (Network network = Network.tcp()) {
            RpcServer server = network.serve(ProbeService.echo());
            ClientConnection connection = network.transport()
                    .connect(Endpoint.of("127.0.0.1", server.port()), Identity.of("x"))
                    .get();
            MethodContract<Text, Text> method = new MethodContract<>(
                    "test.Probe", "Echo", MethodKind.UNARY, Idempotency.UNKNOWN, Text.parser(), Text.parser());
            CompletableFuture<RpcReply> reply = connection.invoke(
                    RpcCall.unary(method, liar(10_000), Metadata.EMPTY, Deadline.after(TIMEOUT), new Cancellation()));

            assertNotLost(failure(reply));
            assertThat(connection.outstanding()).isZero();
        }
    }

    @Test
    void aServerStopsAfterItsTransportIsClosed() throws Exception {
        Transport transport = Transport.tcp(TransportOptions.DEFAULT);
        var workers = Executors.newFixedThreadPool(1);
        RpcServer server = RpcServer.builder(transport)
                .address(new java.net.InetSocketAddress("127.0.0.1", 0))
                .service(io.rpcboot.test.ProbeContract.INSTANCE.bind(ProbeService.echo()))
                .workers(workers)
                .build();
        server.start();
        transport.close();
        Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(() -> server.stop(Duration.ofSeconds(1)));
        assertThat(thrown).isNull();
        assertThat(workers.isShutdown()).isTrue();
    }

    @Test
    void aTransportThatClosesEndsRunningCalls() throws Exception {
        try (Network network = Network.tcp()) {
            CountDownLatch go = new CountDownLatch(1);
            CountDownLatch started = new CountDownLatch(5);
            network.serve(new ProbeService(r -> {
                started.countDown();
                waitFor(go);
                return r;
            }));
            List<Transport> transports = new ArrayList<>();
            List<CompletableFuture<Text>> replies = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                Transport transport = Transport.tcp(TransportOptions.DEFAULT.withEventLoops(4));
                transports.add(transport);
                replies.add(RpcClient.builder(transport)
                        .resolver(network.naming)
                        .timeout(Network.LONG)
                        .build()
                        .client(ProbeAsync.class)
                        .act(text("hi")));
            }
            started.await();

            transports.forEach(Transport::close);

            for (CompletableFuture<Text> reply : replies) {
                assertNotLost(failure(reply));
            }
            go.countDown();
        }
    }

    @Test
    void aCancelListenerThatThrowsDoesNotEndTheConnection() throws Exception {
        try (Network network = Network.tcp()) {
            CountDownLatch go = new CountDownLatch(1);
            CountDownLatch started = new CountDownLatch(2);
            CountDownLatch told = new CountDownLatch(1);
            network.serve(new ProbeService(r -> {
                if (r.getText().equals("bad")) {
                    CallContext.current().cancellation().onCancel(() -> {
                        told.countDown();
                        throw new IllegalStateException("listener");
                    });
                }
                started.countDown();
                waitFor(go);
                return r;
            }));
            ProbeAsync probe = network.client().client(ProbeAsync.class);
            CompletableFuture<Text> innocent = probe.act(text("innocent"));
            CompletableFuture<Text> bad = probe.act(text("bad"));
            started.await();

            bad.cancel(true);
            told.await();
            go.countDown();

            assertThat(innocent).succeedsWithin(Network.LONG);
        }
    }

    /** Its notices and those of naming overtake each other in some of the rounds. */
    @Test
    void aServerThatIsReadyAgainIsUsedAtOnce() throws Exception {
        try (Network network = Network.tcp()) {
            RpcServer server = network.serve(ProbeService.echo());
            Probe probe = network.client(it -> it.timeout(TIMEOUT)).client(Probe.class);
            probe.act(text("hi"));
            for (int round = 0; round < 100; round++) {
                server.readiness(false);
                await().atMost(Network.LONG).pollDelay(Duration.ZERO).until(() -> isRefused(probe));

                server.readiness(true);

                assertThat(probe.act(text("hi"))).isEqualTo(text("hi"));
            }
        }
    }

    private static boolean isRefused(Probe probe) {
        try {
            probe.act(text("hi"));
            return false;
        } catch (RpcException e) {
            return e.status() == RpcStatus.UNAVAILABLE;
        }
    }

    @Test
    void aCallThatIsTooLateIsAnsweredAsSuch() throws Exception {
        try (Network network = Network.tcp()) {
            CountDownLatch go = new CountDownLatch(1);
            CountDownLatch started = new CountDownLatch(1);
            RpcServer server = network.serve(
                    new ProbeService(r -> {
                        started.countDown();
                        waitFor(go);
                        return r;
                    }),
                    it -> it.workers(Executors.newFixedThreadPool(1)));
            network.client().client(ProbeAsync.class).act(text("occupy"));
            started.await();
            try (RawClient raw = new RawClient(server.port())) {
                raw.hello()
                        .request(
                                new Header()
                                        .callId(1)
                                        .names("test.Probe", "Echo")
                                        .timeoutMs(50),
                                text("late"));
                Deadline over = Deadline.after(Duration.ofSeconds(2));
                await().atMost(Network.LONG).until(over::isExpired);
                go.countDown();

                assertThat(raw.readUntil("the deadline passed")).isNotEmpty();
            }
        }
    }
}
