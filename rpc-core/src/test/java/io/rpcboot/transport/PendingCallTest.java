package io.rpcboot.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcboot.Cancellation;
import io.rpcboot.Deadline;
import io.rpcboot.Metadata;
import io.rpcboot.Outcome;
import io.rpcboot.Reason;
import io.rpcboot.RpcCall;
import io.rpcboot.RpcException;
import io.rpcboot.RpcReply;
import io.rpcboot.RpcStatus;
import io.rpcboot.test.ProbeContract;
import io.rpcboot.test.ProbeService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingCallTest {

    private final RpcCall call = RpcCall.unary(
            ProbeContract.ECHO,
            ProbeService.text("hi"),
            Metadata.EMPTY,
            Deadline.after(Duration.ofSeconds(10)),
            new Cancellation());
    private final List<String> seen = new ArrayList<>();

    private PendingCall sent(CallOwner owner) {
        PendingCall pending = new PendingCall(call, owner);
        pending.observer(observer("first"));
        return pending;
    }

    private CallObserver observer(String name) {
        return (sentAt, endedAt, failure) -> {
            assertThat(endedAt - sentAt).isNotNegative();
            seen.add(name + (failure == null ? "" : " " + failure.status()));
        };
    }

    private static void fail(PendingCall pending) {
        pending.fail(pending.failure(RpcStatus.UNAVAILABLE, Reason.DRAINING, Outcome.DID_NOT_RUN, "going"));
    }

    @Test
    void theEndIsToldOnceAndBeforeTheCallerKnows() {
        PendingCall pending = sent(CallOwner.NONE);
        pending.thenRun(() -> seen.add("caller"));

        pending.complete(new RpcReply(ProbeService.text("hi"), Metadata.EMPTY));
        call.cancellation().cancel();
        fail(pending);

        assertThat(seen).containsExactly("first", "caller");
    }

    @Test
    void whoListensHearsOfTheEndOnceWheneverItBegan() {
        RpcReply reply = new RpcReply(ProbeService.text("hi"), Metadata.EMPTY);
        PendingCall before = new PendingCall(call, CallOwner.NONE);
        PendingCall after = new PendingCall(call, CallOwner.NONE);

        before.onEnd((good, bad) -> seen.add("before"));
        before.complete(reply);
        fail(before);
        after.complete(reply);
        after.onEnd((good, bad) -> seen.add("after"));

        assertThat(seen).containsExactly("before", "after");
    }

    @Test
    void whoListensHearsHowTheCallEnded() {
        listening().complete(new RpcReply(ProbeService.text("hi"), Metadata.EMPTY));
        fail(listening());
        listening().cancel(true);

        assertThat(seen.get(0)).startsWith("RpcReply");
        assertThat(seen.get(1)).contains("UNAVAILABLE");
        assertThat(seen.get(2)).contains("CancellationException");
    }

    private PendingCall listening() {
        PendingCall pending = new PendingCall(call, CallOwner.NONE);
        pending.onEnd((good, bad) -> seen.add(String.valueOf(good == null ? bad : good)));
        return pending;
    }

    @Test
    void aCallThatIsGivenUpIsToldToo() {
        sent(CallOwner.NONE);

        call.cancellation().cancel();

        assertThat(seen).containsExactly("first CANCELLED");
    }

    @Test
    void eachAttemptIsToldToItsOwnObserver() {
        PendingCall pending = sent((one, failure) -> {
            one.observer(observer("second"));
            return one.attempt() == 0;
        });

        fail(pending);
        pending.complete(new RpcReply(ProbeService.text("hi"), Metadata.EMPTY));

        assertThat(seen).containsExactly("first UNAVAILABLE", "second");
    }

    @Test
    void aCallThatWasNeverSentIsToldToNobody() {
        PendingCall pending = new PendingCall(call, CallOwner.NONE);

        fail(pending);

        assertThat(pending).isCompletedExceptionally();
        assertThat(seen).isEmpty();
    }

    @Test
    void anAttemptThatDidNotRunDoesNotHideAnEarlierOneThatMayHave() {
        PendingCall pending = sent((one, failure) -> one.attempt() == 0 && count(one));
        pending.fail(pending.failure(
                RpcStatus.UNAVAILABLE, Reason.CONNECTION_LOST, Outcome.MAY_HAVE_RUN, "the connection was lost"));

        fail(pending);

        assertThat(failureOf(pending).outcome()).isEqualTo(Outcome.MAY_HAVE_RUN);
        assertThat(failureOf(pending)).hasMessageContaining("going; an earlier attempt may have run");
    }

    @Test
    void aCallGivenUpBetweenTwoAttemptsMayHaveRunAsTheFirstMay() {
        PendingCall pending = sent((one, failure) -> count(one));
        pending.fail(pending.failure(
                RpcStatus.UNAVAILABLE, Reason.CONNECTION_LOST, Outcome.MAY_HAVE_RUN, "the connection was lost"));

        call.cancellation().cancel();

        assertThat(failureOf(pending).outcome()).isEqualTo(Outcome.MAY_HAVE_RUN);
    }

    @Test
    void attemptsOfWhichNoneRanLeaveACallThatDidNot() {
        PendingCall pending = sent((one, failure) -> one.attempt() == 0 && count(one));
        fail(pending);

        fail(pending);

        assertThat(failureOf(pending).outcome()).isEqualTo(Outcome.DID_NOT_RUN);
    }

    private static boolean count(PendingCall call) {
        call.nextAttempt();
        return true;
    }

    private static RpcException failureOf(PendingCall call) {
        return (RpcException) call.handle((reply, failure) -> failure).join();
    }
}
