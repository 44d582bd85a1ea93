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
    void aPeerThatSendsWithoutEndIsAskedAsOften() {
        liveness.busySince(now);
        int asked = 0;
        for (int i = 0; i < 6_000; i++) {
            asked += lookFor(10) == Verdict.ASK ? 1 : 0;
            liveness.heard(now);
        }

        assertThat(asked).isEqualTo(6);
    }

    @Test
    void noClientThatIsWellIsSilentForLong() {
        assertThat(longestSilence(false, 1000)).isLessThan(SECONDS.toNanos(15));
        assertThat(longestSilence(true, 10)).isLessThan(SECONDS.toNanos(15));
    }

    /** The longest time between two questions of an idle client whose questions are answered, in ten minutes. */
    private long longestSilence(boolean peerSends, long lookMillis) {
        long longest = 0;
        long saidAt = now;
        for (long end = now + SECONDS.toNanos(600); now < end; ) {
            now += MILLISECONDS.toNanos(lookMillis);
            boolean asks = liveness.look(now, MILLISECONDS.toNanos(lookMillis)) == Verdict.ASK;
            if (asks || peerSends) {
                liveness.heard(now);
            }
            longest = Math.max(longest, now - saidAt);
            saidAt = asks ? now : saidAt;
        }
        return longest;
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
