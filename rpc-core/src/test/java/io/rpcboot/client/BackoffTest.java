package io.rpcboot.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;

class BackoffTest {

    @RepeatedTest(20)
    void waitsGrowToTenSecondsWithAFifthAtRandom() {
        assertThat(Backoff.after(1)).isBetween(Duration.ofMillis(80), Duration.ofMillis(120));
        assertThat(Backoff.after(2)).isBetween(Duration.ofMillis(128), Duration.ofMillis(192));
        assertThat(Backoff.after(100)).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(12));
    }
}
