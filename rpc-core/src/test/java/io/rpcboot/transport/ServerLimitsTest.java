package io.rpcboot.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ServerLimitsTest {

    private static final ServerTimeouts TIMEOUTS = ServerTimeouts.DEFAULT;

    @Test
    void nothingIsUnlimitedByDefault() {
        ServerLimits limits = ServerLimits.defaults();

        assertThat(limits.maxUnansweredBytesPerConnection()).isEqualTo(16 << 20);
        assertThat(limits.maxUnansweredBytes()).isEqualTo(Runtime.getRuntime().maxMemory() / 16);
        assertThat(limits.connections()).isEqualTo(new ConnectionLimits(10_000, 1_000));
        assertThat(limits.timeouts())
                .isEqualTo(new ServerTimeouts(seconds(3), seconds(10), 16 << 10, seconds(30), seconds(10)));
        assertThat(limits.abuse()).isEqualTo(new AbuseLimits(20, 200, 100));
        assertThat(TransportOptions.DEFAULT.maxCalls()).isEqualTo(256);
    }

    @Test
    void limitsThatCannotBeMeantAreRefused() {
        ServerLimits limits = ServerLimits.defaults();
        List.<Supplier<?>>of(
                        () -> limits.withUnansweredBytes(0, 1),
                        () -> limits.withUnansweredBytes(1, 0),
                        () -> new ConnectionLimits(0, 1),
                        () -> new ConnectionLimits(1, 0),
                        () -> TIMEOUTS.withFirstFrame(Duration.ZERO),
                        () -> TIMEOUTS.withFrame(Duration.ZERO),
                        () -> TIMEOUTS.withFrameBytesPerSecond(0),
                        () -> TIMEOUTS.withSilence(seconds(-1)),
                        () -> TIMEOUTS.withUnwritable(Duration.ZERO),
                        () -> new AbuseLimits(0, 1, 1),
                        () -> new AbuseLimits(1, 0, 1),
                        () -> new AbuseLimits(1, 1, 0))
                .forEach(wrong -> assertThatIllegalArgumentException()
                        .isThrownBy(wrong::get)
                        .withMessageMatching("\\w+: (0|PT0S|PT-1S) \\(expected: (1 or more|more than zero)\\)"));
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }
}
