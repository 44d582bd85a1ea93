package io.rpcboot.transport;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rpcboot.wire.FrameException;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

class CallerConductTest {

    private static final int MAX_CALLS = 50;

    // Readings of nanoTime may be negative, and overflow.
    private long now = Long.MAX_VALUE - SECONDS.toNanos(5);
    private final CallerConduct conduct = new CallerConduct(AbuseLimits.DEFAULT, MAX_CALLS, now);

    /** Does it so often, with so much time in between; how often that was borne, or -1 if for ever. */
    private int borne(LongConsumer act, int times, long pauseMillis) {
        for (int i = 0; i < times; i++) {
            now += MILLISECONDS.toNanos(pauseMillis);
            try {
                act.accept(now);
            } catch (FrameException e) {
                assertThat(e.kind()).isEqualTo(FrameException.Kind.TOO_MANY);
                return i;
            }
        }
        return -1;
    }

    private FrameException complaint(LongConsumer act) {
        return catchThrowableOfType(FrameException.class, () -> {
            for (int i = 0; i < 100_000; i++) {
                act.accept(now);
            }
        });
    }

    @Test
    void twentyPingsASecondAreBorneForEver() {
        assertThat(borne(conduct::ping, 100_000, 50)).isEqualTo(-1);
    }

    @Test
    void thePingsOfTenSecondsMayComeAtOnce() {
        now += SECONDS.toNanos(3600);

        assertThat(borne(conduct::ping, 10_000, 0)).isEqualTo(200);
        now += SECONDS.toNanos(1);
        assertThat(borne(conduct::ping, 10_000, 0)).isBetween(15, 20);
    }

    @Test
    void twiceAsManyPingsAreNotBorneForLong() {
        assertThat(borne(conduct::ping, 100_000, 25)).isBetween(300, 410);
    }

    @Test
    void cancelsAreBorneUpToTheLimitAndAllCallsUnderWayBesides() {
        assertThat(borne(conduct::cancelledEarly, 10_000, 0)).isEqualTo(200 + MAX_CALLS);
    }

    @Test
    void asManyCancelsAsAnswersAreBorneForEver() {
        assertThat(borne(
                        time -> {
                            conduct.cancelledEarly(time);
                            conduct.answered(time);
                        },
                        1_000_000,
                        0))
                .isEqualTo(-1);
    }

    @Test
    void answersAreNotSavedUp() {
        assertThat(borne(conduct::answered, 1_000_000, 1)).isEqualTo(-1);

        assertThat(borne(conduct::cancelledEarly, 10_000, 0)).isEqualTo(200 + MAX_CALLS);
    }

    @Test
    void unknownMethodsAreBorneUpToTheLimit() {
        assertThat(borne(conduct::unknownMethod, 10_000, 0)).isEqualTo(100);
    }

    @Test
    void tenUnknownMethodsASecondAreBorneForEver() {
        assertThat(borne(conduct::unknownMethod, 100_000, 100)).isEqualTo(-1);
    }

    @Test
    void aMissingMethodAmongOthersDoesNotTakeTheOthersWithIt() {
        assertThat(borne(
                        time -> {
                            conduct.unknownMethod(time);
                            conduct.knownMethod(time);
                        },
                        100_000,
                        1))
                .isEqualTo(-1);
    }

    @Test
    void knownMethodsAreNotSavedUp() {
        assertThat(borne(conduct::knownMethod, 1_000_000, 1)).isEqualTo(-1);

        assertThat(borne(conduct::unknownMethod, 10_000, 0)).isEqualTo(100);
    }

    @Test
    void aComplaintNamesTheLimitAndTheProperty() {
        assertThat(complaint(conduct::ping))
                .hasMessageContaining("20 ")
                .hasMessageContaining("rpc.server.max-pings-per-second");
        assertThat(complaint(conduct::cancelledEarly))
                .hasMessageContaining("200 ")
                .hasMessageContaining("rpc.server.max-cancels");
        assertThat(complaint(conduct::unknownMethod))
                .hasMessageContaining("100 ")
                .hasMessageContaining("rpc.server.max-unknown-methods");
    }
}
