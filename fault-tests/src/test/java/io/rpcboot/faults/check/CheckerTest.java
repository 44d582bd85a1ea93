package io.rpcboot.faults.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcboot.Outcome;
import io.rpcboot.Reason;
import io.rpcboot.RpcStatus;
import io.rpcboot.faults.load.CallRecord;
import io.rpcboot.faults.peer.JournalEntry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CheckerTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final Checker checker = new Checker(Duration.ofMillis(100));

    @Test
    void aGoodHistoryHasNoViolation() {
        List<CallRecord> calls =
                List.of(success(1, false), success(2, true), failure(3, false, Outcome.MAY_HAVE_RUN, 0), didNotRun(4));

        assertThat(broken(calls, run(1), run(2), run(3))).isEmpty();
    }

    @Test
    void aCallWithoutAnEndBreaksI1() {
        assertThat(broken(List.of(call(1, false, 0, 0, RpcStatus.UNKNOWN, Outcome.MAY_HAVE_RUN, 1, true))))
                .containsExactly("I1");
    }

    @Test
    void aCallThatEndsLongAfterItsDeadlineBreaksI1() {
        CallRecord late = call(1, false, 0, SECOND + 101 * MILLI, RpcStatus.OK, Outcome.RAN, 1, true);

        assertThat(broken(List.of(late), run(1))).containsExactly("I1");
    }

    @Test
    void aPlainCallThatRanTwiceBreaksI2() {
        assertThat(broken(List.of(success(1, false)), run(1), run(1))).containsExactly("I2");
    }

    @Test
    void anIdempotentCallMayRunTwice() {
        assertThat(broken(List.of(success(1, true)), run(1), run(1))).isEmpty();
    }

    @Test
    void aSuccessWithoutAnExecutionBreaksI3() {
        assertThat(broken(List.of(success(1, false)))).containsExactly("I3");
    }

    @Test
    void aCallThatRanThoughItDidNotBreaksI4() {
        assertThat(broken(List.of(didNotRun(1)), run(1))).containsExactly("I4");
    }

    @Test
    void anExecutionAfterTheDeadlineBreaksI5() {
        JournalEntry late = new JournalEntry("peer0", 1, 0, 2 * SECOND, 0);

        assertThat(broken(List.of(failure(1, false, Outcome.MAY_HAVE_RUN, 0)), late))
                .containsExactly("I5");
    }

    @Test
    void aFourthAttemptBreaksI6() {
        assertThat(broken(List.of(call(1, false, 0, MILLI, RpcStatus.UNAVAILABLE, Outcome.MAY_HAVE_RUN, 4, true))))
                .containsExactly("I6");
    }

    @Test
    void retriesBeyondTheBudgetBreakI6() {
        List<CallRecord> calls =
                LongStream.range(0, 1_000).mapToObj(id -> success(id, true)).toList();
        JournalEntry[] twice =
                IntStream.range(0, 2_000).mapToObj(i -> run(i / 2)).toArray(JournalEntry[]::new);

        assertThat(broken(calls, twice)).containsExactly("I6");
    }

    @Test
    void aForeignAnswerBreaksI7() {
        assertThat(broken(List.of(call(1, false, 0, MILLI, RpcStatus.OK, Outcome.RAN, 1, false)), run(1)))
                .containsExactly("I7");
    }

    @Test
    void anIdempotentCallThatFailsWhileMostPeersAreWellBreaksI8() {
        List<CallRecord> calls = List.of(failure(1, true, Outcome.MAY_HAVE_RUN, 0));

        assertThat(broken(calls)).containsExactly("I8");
        assertThat(checker.check(new History(calls, List.of(), 0, false))).isEmpty();
    }

    @Test
    void aFailureLongAfterTheLastFaultBreaksI9() {
        assertThat(broken(List.of(failure(1, false, Outcome.MAY_HAVE_RUN, 6 * SECOND))))
                .containsExactly("I9");
    }

    private List<String> broken(List<CallRecord> calls, JournalEntry... journal) {
        return checker.check(new History(calls, List.of(journal), 0, true)).stream()
                .map(Violation::invariant)
                .toList();
    }

    private static CallRecord success(long id, boolean idempotent) {
        return call(id, idempotent, 0, MILLI, RpcStatus.OK, Outcome.RAN, 1, true);
    }

    private static CallRecord didNotRun(long id) {
        return failure(id, false, Outcome.DID_NOT_RUN, 0);
    }

    private static CallRecord failure(long id, boolean idempotent, Outcome outcome, long startNanos) {
        return call(id, idempotent, startNanos, startNanos + MILLI, RpcStatus.UNAVAILABLE, outcome, 1, true);
    }

    private static CallRecord call(
            long id,
            boolean idempotent,
            long startNanos,
            long endNanos,
            RpcStatus status,
            Outcome outcome,
            int attempts,
            boolean echoed) {
        Reason reason = status == RpcStatus.OK ? null : Reason.CONNECTION_LOST;
        return new CallRecord(
                id,
                idempotent,
                startNanos,
                startNanos,
                endNanos,
                SECOND,
                status,
                reason,
                outcome,
                attempts,
                echoed,
                "");
    }

    private static JournalEntry run(long id) {
        return new JournalEntry("peer0", id, 0, MILLI / 2, 999);
    }
}
