package io.rpcboot.spring.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcboot.Endpoint;
import io.rpcboot.EndpointAttributes;
import io.rpcboot.EndpointStatus;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HoldBackTest {

    private static final Endpoint A = Endpoint.of("a", 1);
    private static final Endpoint B = Endpoint.of("b", 1);
    private static final Endpoint C = Endpoint.of("c", 1);
    private static final Endpoint D = Endpoint.of("d", 1);

    private long nanos = -5;
    private final HoldBack holdBack = new HoldBack(Duration.ofSeconds(15), () -> nanos);

    @Test
    void newEndpointsCountAtOnce() {
        update(A);

        assertThat(update(A, B)).containsExactly(A, B);
    }

    @Test
    void aSingleOneOfSeveralLeavesAtOnce() {
        update(A, B);

        assertThat(update(A)).containsExactly(A);
        assertThat(holdBack.nanosToNextChange()).isEmpty();
    }

    @Test
    void theOnlyOneIsHeldForAWhile() {
        update(A);

        assertThat(update()).containsExactly(A);
        assertThat(holdBack.nanosToNextChange()).hasValue(Duration.ofSeconds(15).toNanos());

        passes(Duration.ofSeconds(14));
        assertThat(update()).containsExactly(A);

        passes(Duration.ofSeconds(1));
        assertThat(update()).isEmpty();
        assertThat(holdBack.nanosToNextChange()).isEmpty();
    }

    @Test
    void halfOfThemAreHeld() {
        update(A, B, C, D);

        assertThat(update(A, B)).containsExactly(A, B, C, D);
    }

    @Test
    void lessThanHalfLeaveAtOnce() {
        Endpoint e = Endpoint.of("e", 1);
        update(A, B, C, D, e);

        assertThat(update(A, B, C)).containsExactly(A, B, C);
    }

    @Test
    void lossesOneAfterTheOtherAreOneEventAndTheFirstComesBack() {
        update(A, B, C);
        assertThat(update(B, C)).containsExactly(B, C);

        assertThat(update(C)).containsExactly(A, B, C);
        assertThat(update()).containsExactly(A, B, C);
    }

    @Test
    void lossesFarApartAreHonouredOneByOne() {
        update(A, B, C);
        update(B, C);

        passes(Duration.ofSeconds(3));

        assertThat(update(C)).containsExactly(C);
    }

    @Test
    void whoSaidThatItStopsLeavesAtOnceEvenIfItIsTheLast() {
        update(A);
        Endpoint draining = with(A, EndpointStatus.DRAINING);

        assertThat(update(draining)).containsExactly(draining);
        assertThat(update()).isEmpty();
    }

    @Test
    void theLastReadyOneIsHeldThoughADrainingOneStays() {
        Endpoint draining = with(A, EndpointStatus.DRAINING);
        update(draining, B);

        assertThat(update(draining)).containsExactly(draining, B);
    }

    @Test
    void whatANodeStatesCountsAtOnce() {
        update(A);
        Endpoint notReady = with(A, EndpointStatus.NOT_READY);

        assertThat(update(notReady)).containsExactly(notReady);
    }

    @Test
    void anEndpointThatNoLongerOffersTheServiceIsNoLoss() {
        update(A);

        assertThat(holdBack.update(List.of(), Set.of(A.address()))).isEmpty();
    }

    @Test
    void aHeldOneThatComesBackIsTakenAsItIsNow() {
        update(A, B);
        update();
        Endpoint back = with(A, EndpointStatus.NOT_READY);

        assertThat(update(back)).containsExactly(back, B);
    }

    @Test
    void theTimeBeginsAnewWhenTheRegistryWasAway() {
        update(A);
        update();
        passes(Duration.ofSeconds(60));

        holdBack.restart();

        assertThat(update()).containsExactly(A);
        passes(Duration.ofSeconds(15));
        assertThat(update()).isEmpty();
    }

    private List<Endpoint> update(Endpoint... offering) {
        return holdBack.update(Arrays.asList(offering), Set.of());
    }

    private void passes(Duration time) {
        nanos += time.toNanos();
    }

    private static Endpoint with(Endpoint endpoint, EndpointStatus status) {
        return new Endpoint(endpoint.host(), endpoint.port(), EndpointAttributes.NONE.withStatus(status));
    }
}
