package io.rpcboot.transport;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.rpcboot.transport.Liveness.Verdict;
import org.junit.jupiter.api.Test;

class LivenessTest {

    private static final long TICK = MILLISECONDS.toNanos(10);

    private long now = SECONDS.toNanos(1000);
    private final Liveness liveness = new Liveness(KeepaliveOptions.DEFAULT, now);

    /** Looks every tick for so long, and returns the last verdict that was not FINE, or FINE. */
    private Verdict lookFor(long millis) {
        Verdict worst = Verdict.FINE;
        for (long end = now + MILLISECONDS.toNanos(millis); now < end; ) {
            now += TICK;
            Verdict verdict = liveness.look(now, TICK);
            worst = verdict == Verdict.FINE ? worst : verdict;
        }
        return worst;
    }

    @Test
    void silenceWhileCallsWaitIsAskedAboutThenDoubtedThenFatal() {
        liveness.busySince(now);

        assertThat(lookFor(290)).isEqualTo(Verdict.FINE);
        assertThat(lookFor(20)).isEqualTo(Verdict.ASK);
        assertThat(lookFor(380)).isEqualTo(Verdict.FINE);
        assertThat(lookFor(20)).isEqualTo(Verdict.SUSPECT);
        assertThat(lookFor(2280)).isEqualTo(Verdict.SUSPECT);
        assertThat(lookFor(20)).isEqualTo(Verdict.DEAD);
    }

    @Test
    void aByteClearsAllDoubt() {
        liveness.busySince(now);
        lookFor(2000);

        liveness.heard(now);

        assertThat(lookFor(290)).isEqualTo(Verdict.FINE);
        assertThat(lookFor(20)).isEqualTo(Verdict.ASK);
    }

    @Test
    void theSilenceOfAnIdleConnectionIsNotHeldAgainstThePeer() {
        lookFor(8000);

        liveness.busySince(now);

        assertThat(lookFor(290)).isEqualTo(Verdict.FINE);
    }

    @Test
    void theFirstCallAfterALongSilenceIsAccompaniedByAQuestion() {
        now += SECONDS.toNanos(11);

        liveness.busySince(now);

        assertThat(lookFor(10)).isEqualTo(Verdict.ASK);
        assertThat(lookFor(380)).isEqualTo(Verdict.FINE);
        assertThat(lookFor(20)).isEqualTo(Verdict.SUSPECT);
    }

    @Test
    void anIdleConnectionIsAskedAfterTenSecondsAndGivenUpThreeLater() {
        assertThat(lookFor(9_990)).isEqualTo(Verdict.FINE);
        assertThat(lookFor(20)).isEqualTo(Verdict.ASK);
        assertThat(lookFor(2_980)).isEqualTo(Verdict.FINE);
        assertThat(lookFor(20)).isEqualTo(Verdict.DEAD);
    }

    @Test
    void anIdleConnectionThatAnswersLives() {
        lookFor(10_010);

        liveness.heard(now);

        assertThat(lookFor(9_980)).isEqualTo(Verdict.FINE);
    }

    @Test
    void timeInWhichThisProcessStoodStillDoesNotCount() {
        liveness.busySince(now);
        lookFor(100);

        now += SECONDS.toNanos(30);

        assertThat(liveness.look(now, TICK)).isEqualTo(Verdict.FINE);
        assertThat(lookFor(150)).isEqualTo(Verdict.FINE);
    }
}
