package io.rpcboot.client;

import static io.rpcboot.test.ProbeService.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rpcboot.CallContext;
import io.rpcboot.Cancellation;
import io.rpcboot.Deadline;
import io.rpcboot.Metadata;
import io.rpcboot.Outcome;
import io.rpcboot.Peer;
import io.rpcboot.Reason;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.balance.EjectionOptions;
import io.rpcboot.balance.RoundRobin;
import io.rpcboot.test.Network;
import io.rpcboot.test.Probe;
import io.rpcboot.test.ProbeAsync;
import io.rpcboot.test.ProbeContract;
import io.rpcboot.test.ProbeService;
import io.rpcboot.test.Text;
import io.rpcboot.transport.WorkerThreads;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetryTest {

    private static final EjectionOptions NO_EJECTION = new EjectionOptions(
            false, 5, 0.8, 20, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(30), 0.5);

    private final Network network = Network.inProcess();

    @AfterEach
    void close() throws Exception {
        network.close();
    }

    /** A service that fails its first calls with this failure. */
    private static ProbeService failing(int times, RpcException failure) {
        AtomicInteger left = new AtomicInteger(times);
        return new ProbeService(request -> {
            if (left.getAndDecrement() > 0) {
                throw failure;
            }
            return request;
        });
    }

    private static RpcException failure(Reason reason, Outcome outcome, UnaryOperator<RpcException.Builder> more) {
        return more.apply(RpcException.of(RpcStatus.UNAVAILABLE, "for now")
                        .reason(reason)
                        .outcome(outcome))
                .build();
    }

    private Probe probe() {
        return network.client(it -> it.loadBalancer(RoundRobin::new)).client(Probe.class);
    }

    @Test
    void aCallThatDidNotRunIsSentAgain() {
        ProbeService service = failing(2, failure(Reason.DRAINING, Outcome.DID_NOT_RUN, it -> it));
        network.serve(service);

        Text reply = probe().act(text("hi"));

        assertThat(reply).isEqualTo(text("hi"));
        assertThat(service.calls).hasValue(3);
    }

    @Test
    void aCallThatWaitsToBeSentAgainEndsWithItsClient() {
        ProbeService service =
                failing(1, failure(Reason.DRAINING, Outcome.DID_NOT_RUN, it -> it.retryAfter(Duration.ofSeconds(20))));
        network.serve(service, it -> it.workers(WorkerThreads.platform(1, "worker")));
        RpcClient client = network.client();
        CompletableFuture<Text> reply = client.client(ProbeAsync.class).act(text("hi"));
        org.awaitility.Awaitility.await().atMost(Network.LONG).until(() -> service.calls.get() == 1);
        // From one worker over one connection, this reply comes behind the failure.
        assertThat(client.client(Probe.class).act(text("after"))).isEqualTo(text("after"));

        client.close();

        assertThat(reply)
                .failsWithin(Duration.ofSeconds(15))
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isInstanceOfSatisfying(
                        RpcException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.DID_NOT_RUN));
    }

    @Test
    void threeAttemptsAreEnough() {
        ProbeService service = failing(100, failure(Reason.DRAINING, Outcome.DID_NOT_RUN, it -> it));
        network.serve(service);

        assertThatExceptionOfType(RpcException.class)
                .isThrownBy(() -> probe().act(text("hi")))
                .withMessageContaining("attempt 3");
        assertThat(service.calls).hasValue(3);
    }

    @Test
    void aCallThatMayHaveRunIsSentAgainOnlyIfThatIsSafe() {
        ProbeService service = failing(2, failure(Reason.CONNECTION_LOST, Outcome.MAY_HAVE_RUN, it -> it));
        network.serve(service);
        Probe probe = probe();

        assertThatExceptionOfType(RpcException.class).isThrownBy(() -> probe.act(text("plain")));
        assertThat(service.calls).hasValue(1);
        assertThat(probe.echo(text("safe"))).isEqualTo(text("safe"));
        assertThat(service.calls).hasValue(3);
    }

    @Test
    void whatTheServiceItselfRefusesStands() {
        ProbeService service = failing(100, new RpcException(RpcStatus.UNAVAILABLE, "closed today"));
        network.serve(service);

        assertThatExceptionOfType(RpcException.class).isThrownBy(() -> probe().echo(text("hi")));
        assertThat(service.calls).hasValue(1);
    }

    @Test
    void theServerMayForbidIt() {
        ProbeService service =
                failing(100, failure(Reason.DRAINING, Outcome.DID_NOT_RUN, it -> it.retryAfter(Duration.ofMillis(-1))));
        network.serve(service);

        assertThatExceptionOfType(RpcException.class).isThrownBy(() -> probe().echo(text("hi")));
        assertThat(service.calls).hasValue(1);
    }

    @Test
    void aCallRefusedForOverloadIsTriedElsewhereOrNotAtAll() {
        RpcException overloaded = RpcException.of(RpcStatus.RESOURCE_EXHAUSTED, "too much to do")
                .reason(Reason.LIMIT)
                .outcome(Outcome.DID_NOT_RUN)
                .retryAfter(Network.LONG)
                .build();
        ProbeService busy = failing(100, overloaded);
        network.serve(busy);
        Probe probe = network.client(it -> it.loadBalancer(RoundRobin::new).ejection(NO_EJECTION))
                .client(Probe.class);

        assertThatExceptionOfType(RpcException.class)
                .isThrownBy(() -> probe.act(text("hi")))
                .satisfies(e -> assertThat(e.retryAfter()).isEqualTo(Network.LONG));
        assertThat(busy.calls).hasValue(1);

        ProbeService idle = ProbeService.echo();
        network.serve(idle);
        org.awaitility.Awaitility.await()
                .atMost(Network.LONG)
                .ignoreExceptions()
                .until(() -> probe.act(text("warm up")).isInitialized() && idle.calls.get() > 0);
        int before = busy.calls.get();
        for (int i = 0; i < 10; i++) {
            assertThat(probe.act(text("hi"))).isEqualTo(text("hi"));
        }
        assertThat(busy.calls.get()).isGreaterThan(before);
    }

    @Test
    void aPauseThatTheServerAsksForIsKeptUnlessItIsTooLong() {
        ProbeService service =
                failing(1, failure(Reason.DRAINING, Outcome.DID_NOT_RUN, it -> it.retryAfter(Duration.ofMillis(30))));
        network.serve(service);
        Probe probe = probe();
        long start = System.nanoTime();

        probe.act(text("hi"));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(30));
        assertThat(service.calls).hasValue(2);
    }

    @Test
    void anotherEndpointIsTriedFirst() {
        ProbeService bad = failing(1000, failure(Reason.DRAINING, Outcome.DID_NOT_RUN, it -> it));
        ProbeService good = ProbeService.echo();
        network.serve(bad);
        network.serve(good);
        Probe probe = probe();
        org.awaitility.Awaitility.await()
                .atMost(Network.LONG)
                .ignoreExceptions()
                .until(() -> {
                    probe.act(text("warm up"));
                    return good.calls.get() > 0 && bad.calls.get() > 0;
                });

        for (int i = 0; i < 20; i++) {
            assertThat(probe.act(text("hi"))).isEqualTo(text("hi"));
        }
    }

    @Test
    void repetitionsAreBounded() {
        ProbeService service = failing(100_000, failure(Reason.DRAINING, Outcome.DID_NOT_RUN, it -> it));
        network.serve(service);
        Probe probe = probe();
        long start = System.nanoTime();

        for (int i = 0; i < 200; i++) {
            assertThatExceptionOfType(RpcException.class).isThrownBy(() -> probe.act(text("hi")));
        }

        int seconds = (int) Duration.ofNanos(System.nanoTime() - start).toSeconds();
        assertThat(service.calls)
                .as("200 calls, 20 for the share, 3 a second")
                .hasValueBetween(200, 200 + 20 + 60 + 3 * seconds);
    }

    @Test
    void whatServesARepeatedCallRepeatsNothing() {
        ProbeService service = failing(1, failure(Reason.DRAINING, Outcome.DID_NOT_RUN, it -> it));
        network.serve(service);
        Probe probe = probe();
        CallContext repeated = new CallContext(
                ProbeContract.ACT,
                Metadata.EMPTY,
                Deadline.after(Network.LONG),
                Peer.at("somewhere"),
                new Cancellation(),
                1);

        try (CallContext.Scope scope = repeated.enter()) {
            assertThatExceptionOfType(RpcException.class).isThrownBy(() -> probe.act(text("hi")));
        }

        assertThat(service.calls).hasValue(1);
    }
}
