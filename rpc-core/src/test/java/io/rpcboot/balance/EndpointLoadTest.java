package io.rpcboot.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EndpointLoadTest {

    private static final long START = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(3);

    private final EndpointLoad load = EndpointLoad.warm(START);

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Test
    void latencyIsUnknownBeforeTheFirstReply() {
        assertThat(load.latencyNanos(START)).isZero();
        assertThat(load.isStale(START + millis(5000))).isFalse();
    }

    @Test
    void aSlowerReplyCountsAtOnce() {
        load.answered(millis(1), START);

        load.answered(millis(200), START + 1);

        assertThat(load.latencyNanos(START + 1)).isCloseTo(millis(200), within(100.0));
    }

    @Test
    void quickerRepliesLetThePeakDownOverTenSeconds() {
        load.answered(millis(100), START);

        for (int at = 10; at <= 10_000; at += 10) {
            load.answered(millis(1), START + millis(at));
        }

        assertThat(load.latencyNanos(START + millis(10_000))).isCloseTo(millis(1 + 36), within(millis(3) * 1.0));
    }

    @Test
    void repliesWithinOneMomentDoNotLetThePeakDownEarlier() {
        load.answered(millis(100), START);

        for (int i = 0; i < 10_000; i++) {
            load.answered(millis(1), START + i);
        }

        assertThat(load.latencyNanos(START + millis(1))).isGreaterThan(millis(99));
    }

    @Test
    void silenceLetsThePeakDownToo() {
        load.answered(millis(100), START);

        assertThat(load.latencyNanos(START + millis(20_000))).isCloseTo(millis(100) / (Math.E * Math.E), within(1e6));
        assertThat(load.isStale(START + millis(20_000))).isTrue();
    }

    @Test
    void aDelayRaisesTheLatencyButNeverLowersIt() {
        load.answered(millis(10), START);

        load.delayed(millis(1), START + millis(500));
        double after = load.latencyNanos(START + millis(500));
        load.delayed(millis(70), START + millis(500));

        assertThat(after).isCloseTo(millis(10), within(100.0));
        assertThat(load.latencyNanos(START + millis(500))).isCloseTo(millis(70), within(100.0));
    }

    @Test
    void warmthRisesWithinTenSeconds() {
        EndpointLoad cold = EndpointLoad.runningFor(0, START);

        assertThat(cold.warmth(START)).isEqualTo(0.05);
        assertThat(cold.warmth(START + millis(5000))).isCloseTo(0.5, within(0.001));
        assertThat(cold.warmth(START + millis(10_000))).isEqualTo(1);
        assertThat(EndpointLoad.runningFor(millis(7000), START).warmth(START)).isCloseTo(0.7, within(0.001));
        assertThat(load.warmth(START)).isEqualTo(1);
    }

    @Test
    void aStartInTheFutureOfAClockThatIsAheadIsNow() {
        assertThat(EndpointLoad.runningFor(-millis(3_600_000), START).warmth(START + millis(9000)))
                .isCloseTo(0.9, within(0.001));
    }
}
