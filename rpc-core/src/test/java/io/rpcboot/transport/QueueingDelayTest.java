package io.rpcboot.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QueueingDelayTest {

    private final QueueingDelay delay = new QueueingDelay();

    @Test
    void theDistanceOfTheClocksIsNoDelay() {
        assertThat(delay.excessMillis(5_000_000, 10)).isZero();
        assertThat(delay.excessMillis(5_000_100, 110)).isZero();
    }

    @Test
    void whatExceedsTheQuickestIsWaiting() {
        delay.excessMillis(1000, 0);

        assertThat(delay.excessMillis(9000, 100)).isEqualTo(7900);
        assertThat(delay.excessMillis(9001, 8001)).isZero();
    }

    @Test
    void aQuickerOneSetsTheMeasureAnew() {
        delay.excessMillis(1050, 0);
        delay.excessMillis(1100, 100);

        assertThat(delay.excessMillis(1250, 200)).isEqualTo(50);
    }

    @Test
    void oldMeasuresAreForgotten() {
        delay.excessMillis(1000, 0);

        assertThat(delay.excessMillis(40_010, 39_000)).as("still known").isEqualTo(10);
        assertThat(delay.excessMillis(80_010, 79_000))
                .as("a clock that drifted away by 10 ms")
                .isZero();
    }

    @Test
    void afterALongSilenceTheOldMeasureServesForAMomentOnly() {
        delay.excessMillis(1000, 0);

        assertThat(delay.excessMillis(3_601_500, 3_600_000))
                .as("a frozen server's backlog")
                .isEqualTo(500);
        delay.excessMillis(3_602_600, 3_601_100);

        assertThat(delay.excessMillis(3_633_000, 3_631_500)).isZero();
    }

    @Test
    void roundingIsNoDelay() {
        delay.excessMillis(1000, 0);

        assertThat(delay.excessMillis(1012, 10)).isZero();
    }
}
