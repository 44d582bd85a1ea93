package io.rpcboot.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecordedFramesTest {

    @Test
    void whatEarlierVersionsWroteIsReadAsItWasThen() {
        assertThat(RecordedFrames.changed()).isEmpty();
        assertThat(RecordedFrames.count()).isPositive();
    }
}
