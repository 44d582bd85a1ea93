package io.rpcboot.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;

class BackoffTest {

    @RepeatedTest(20)
    void waitsGrowToTenSecondsWithAFifthAtRandom() {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

        assertThat(backoff.after(1, false)).isBetween(Duration.ofMillis(80), Duration.ofMillis(120));
        assertThat(backoff.after(2, false)).isBetween(Duration.ofMillis(128), Duration.ofMillis(192));
        assertThat(backoff.after(100, false)).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(12));
    }

    @RepeatedTest(20)
    void whereAnEndpointMayBeRestartingAttemptsAreASecondApart() {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

        assertThat(backoff.after(100, true)).isBetween(Duration.ofMillis(800), Duration.ofMillis(1200));
    }
}
