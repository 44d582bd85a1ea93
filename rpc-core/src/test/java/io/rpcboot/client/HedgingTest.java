package io.rpcboot.client;

import static io.rpcboot.test.ProbeService.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.rpcboot.CallContext;
import io.rpcboot.RpcCall;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.balance.Candidate;
import io.rpcboot.balance.LoadBalancer;
import io.rpcboot.test.Network;
import io.rpcboot.test.Probe;
import io.rpcboot.test.ProbeService;
import io.rpcboot.test.Text;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HedgingTest {

    private static final Hedging SOON = new Hedging(Duration.ofMillis(20));

    private final Network network = Network.tcp();
    private final Set<String> cancelled = ConcurrentHashMap.newKeySet();

    @AfterEach
    void close() throws Exception {
        network.close();
    }

    /** Answers only when its caller has given up. */
    private ProbeService slow() {
        return new ProbeService(request -> {
            CountDownLatch givenUp = new CountDownLatch(1);
            Objects.requireNonNull(CallContext.current()).cancellation().onCancel(givenUp::countDown);
            try {
                givenUp.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            cancelled.add(request.getText());
            return text("slow");
        });
    }

    /** Always the endpoint that was announced first. */
    private static final class TheFirst implements LoadBalancer {
        @Override
        public <T extends Candidate> T choose(List<T> candidates, RpcCall call) {
            return candidates.get(0);
        }
    }

    private Probe probe(String method, Hedging hedging) {
        ServiceOptions options = ServiceOptions.builder()
                .method(method, new MethodOptions(null, null, hedging, null))
                .build();
        return network.client(it -> it.loadBalancer(TheFirst::new).service("test.Probe", options))
                .client(Probe.class);
    }

    private void awaitBoth(Probe probe, ProbeService first, ProbeService second) {
        await().atMost(Network.LONG).ignoreExceptions().until(() -> {
            probe.with(o -> o.timeout(Duration.ofMillis(200))).echo(text("warm up"));
            return first.calls.get() > 0 && second.calls.get() > 0;
        });
    }

    @Test
    void aSlowCallIsAnsweredByAnotherEndpointAndCancelledAtTheFirst() {
        ProbeService slow = slow();
        network.serve(slow);
        ProbeService quick = ProbeService.saying("quick");
        network.serve(quick);
        Probe probe = probe("Echo", SOON);
        awaitBoth(probe, slow, quick);

        Text reply = probe.echo(text("hi"));

        assertThat(reply.getText()).isEqualTo("quick");
        await().atMost(Network.LONG).until(() -> cancelled.contains("hi"));
    }

    @Test
    void aQuickCallIsSentOnce() {
        ProbeService first = ProbeService.saying("first");
        ProbeService second = ProbeService.saying("second");
        network.serve(first);
        network.serve(second);
        Probe probe = probe("Echo", new Hedging(Network.LONG));
        await().atMost(Network.LONG).until(() -> probe.echo(text("warm up")).getText(), "first"::equals);
        int before = second.calls.get();

        for (int i = 0; i < 100; i++) {
            assertThat(probe.echo(text("hi")).getText()).isEqualTo("first");
        }

        assertThat(second.calls).hasValue(before);
    }

    @Test
    void withoutADelayCallsAreSentAgainAfterTheirUsualTime() {
        AtomicBoolean hangs = new AtomicBoolean();
        ProbeService slow = slow();
        ProbeService first = new ProbeService(request -> hangs.get() ? slow.echo(request) : text("first"));
        network.serve(first);
        network.serve(ProbeService.saying("second"));
        Probe probe = probe("Echo", Hedging.AFTER_USUAL_TIME);
        for (int i = 0; i < 200; i++) {
            probe.echo(text("learn"));
        }

        hangs.set(true);

        assertThat(probe.echo(text("hi")).getText()).isEqualTo("second");
    }

    @Test
    void theAnswerOfTheFirstCountsAlsoIfItIsAFailure() {
        ProbeService both = new ProbeService(request -> {
            throw new RpcException(RpcStatus.NOT_FOUND, "no such text");
        });
        network.serve(both);
        network.serve(both);
        Probe probe = probe("Echo", new Hedging(Network.LONG));

        assertThatExceptionOfType(RpcException.class)
                .isThrownBy(() -> probe.echo(text("hi")))
                .satisfies(e -> assertThat(e.status()).isEqualTo(RpcStatus.NOT_FOUND));
        assertThat(both.calls).hasValue(1);
    }

    @Test
    void withoutAnotherEndpointACallWaitsForItsAnswer() {
        ProbeService only = new ProbeService(request -> {
            new CompletableFuture<Void>()
                    .completeOnTimeout(null, 100, TimeUnit.MILLISECONDS)
                    .join();
            return text("late");
        });
        network.serve(only);
        Probe probe = probe("Echo", SOON);

        assertThat(probe.echo(text("hi")).getText()).isEqualTo("late");
        assertThat(only.calls).hasValue(1);
    }

    @Test
    void aMethodThatMayNotRunTwiceCannotBeHedged() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> probe("Act", SOON))
                .withMessageContaining("test.Probe/Act")
                .withMessageContaining("idempotency_level");
    }
}
