package io.rpcboot.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcboot.wire.schema.Limits;
import org.junit.jupiter.api.Test;

class FrameLimitsTest {

    @Test
    void whatAHelloLeavesOutIsTheInitialLimit() {
        assertThat(FrameLimits.announced(Limits.getDefaultInstance())).isEqualTo(FrameLimits.DEFAULT);
    }

    @Test
    void announcedLimitsCount() {
        Limits limits = Limits.newBuilder()
                .setMaxHeaderBytes(20_000)
                .setMaxMessageBytes(1000)
                .setMaxMetadataBytes(100)
                .build();

        assertThat(FrameLimits.announced(limits)).isEqualTo(new FrameLimits(20_000, 1000, 100));
    }

    @Test
    void whatCannotBeMeantIsMadeTheNearestThatCan() {
        Limits low = Limits.newBuilder().setMaxHeaderBytes(5).build();
        Limits high = Limits.newBuilder()
                .setMaxHeaderBytes(-1)
                .setMaxMessageBytes(-1)
                .setMaxMetadataBytes(-1)
                .build();

        assertThat(FrameLimits.announced(low).maxHeaderBytes()).isEqualTo(16384);
        assertThat(FrameLimits.announced(high)).isEqualTo(new FrameLimits(65535, Integer.MAX_VALUE, Integer.MAX_VALUE));
    }

    @Test
    void limitsThatCannotBeKeptAreRefused() {
        assertThatThrownBy(() -> new FrameLimits(65536, 1, 1))
                .hasMessage("maxHeaderBytes: 65536 (expected: 64..65535)");
        assertThatThrownBy(() -> new FrameLimits(64, 0, 1)).hasMessage("maxMessageBytes: 0 (expected: 1 or more)");
        assertThatThrownBy(() -> new FrameLimits(64, 1, -1)).hasMessage("maxMetadataBytes: -1 (expected: 0 or more)");
    }
}
