package io.rpcboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {

    @Test
    void statusCodesAreTheCanonicalOnes() {
        assertThat(RpcStatus.OK.code()).isZero();
        assertThat(RpcStatus.DEADLINE_EXCEEDED.code()).isEqualTo(4);
        assertThat(RpcStatus.UNIMPLEMENTED.code()).isEqualTo(12);
        assertThat(RpcStatus.UNAVAILABLE.code()).isEqualTo(14);
        assertThat(RpcStatus.UNAUTHENTICATED.code()).isEqualTo(16);
    }

    @ParameterizedTest
    @ValueSource(ints = {17, -1, Integer.MAX_VALUE})
    void aStatusOfANewerPeerIsUnknownAndNeverSuccess(int code) {
        assertThat(RpcStatus.of(code)).isEqualTo(RpcStatus.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void reasonsKeepTheirNumber(Reason reason) {
        assertThat(Reason.of(reason.number())).isEqualTo(reason);
    }

    @Test
    void anUnknownOutcomeIsTheCautiousOne() {
        assertThat(Outcome.of(99)).isEqualTo(Outcome.MAY_HAVE_RUN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host", "host:", ":8000", "host:port", "host:0", "host:65536", "::1:8000", "[]:1"})
    void malformedAddressesAreRefusedAndShown(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Endpoint.parse(address))
                .withMessageContaining("expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1:8000", "users.example:1", "[::1]:65535"})
    void addressesAreReadAndWrittenAlike(String address) {
        assertThat(Endpoint.parse(address).address()).isEqualTo(address);
    }

    @Test
    void metadataKeepsOrderAndRepeatedKeys() {
        Metadata metadata = Metadata.of("a", "1").with("a", "2").with("b", ByteString.copyFromUtf8("x"));

        assertThat(metadata.text("a")).isEqualTo("1");
        assertThat(metadata.text("b")).isNull();
        assertThat(metadata.binary("b")).isEqualTo(ByteString.copyFromUtf8("x"));
        assertThat(metadata.entries()).hasSize(3);
        assertThat(metadata).hasToString("[a, a, b]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Upper", "with space", "line\nbreak", "ümlaut"})
    void metadataKeysAreRestricted(String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> Metadata.of(key, "x"));
    }

    @Test
    void theEarlierDeadlineWins() {
        Deadline soon = Deadline.after(Duration.ofSeconds(1));
        Deadline late = Deadline.after(Duration.ofSeconds(2));

        assertThat(soon.earlier(late)).isSameAs(soon);
        assertThat(late.earlier(soon)).isSameAs(soon);
        assertThat(Deadline.at(Long.MAX_VALUE)
                        .earlier(Deadline.at(Long.MIN_VALUE + 5))
                        .nanoTime())
                .as("readings of the clock may wrap")
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aCancellationTellsEveryListenerOnce() {
        List<String> told = new ArrayList<>();
        Cancellation cancellation = new Cancellation();
        cancellation.onCancel(() -> told.add("first"));
        cancellation.onCancel(() -> told.add("second"));
        cancellation.onCancel(() -> told.add("third"));

        cancellation.cancel();
        cancellation.cancel();
        cancellation.onCancel(() -> told.add("late"));

        assertThat(told).containsExactly("first", "second", "third", "late");
    }

    private static CallContext context() {
        return new CallContext(
                io.rpcboot.test.ProbeContract.ECHO,
                Metadata.EMPTY,
                Deadline.after(Duration.ofSeconds(1)),
                Peer.at("here"),
                new Cancellation(),
                0);
    }

    @Test
    void aContextThatIsMadeLateIsMadeOnceAndOnlyForWhoAsks() {
        List<CallContext> made = new ArrayList<>();
        Supplier<CallContext> source = () -> {
            made.add(context());
            return made.get(0);
        };

        CallContext.enterLazily(source).close();
        assertThat(made).isEmpty();
        try (CallContext.Scope outer = CallContext.enterLazily(source)) {
            CallContext inside = context();
            try (CallContext.Scope inner = inside.enter()) {
                assertThat(CallContext.current()).isSameAs(inside);
            }
            assertThat(CallContext.current()).isSameAs(CallContext.current()).isSameAs(made.get(0));
        }

        assertThat(made).hasSize(1);
        assertThat(CallContext.current()).isNull();
    }

    @Test
    void aContextStandsOnOtherThreadsOnlyInsideWhatItWrapped() throws Exception {
        CallContext context = context();

        CallContext inside = context.wrap(CallContext::current).call();

        assertThat(inside).isSameAs(context);
        assertThat(CallContext.current()).isNull();
    }

    @Test
    void aFailureSaysAllThatAPersonNeeds() {
        RpcException failure = RpcException.of(RpcStatus.UNAVAILABLE, "the connection was lost")
                .reason(Reason.CONNECTION_LOST)
                .site(new RpcException.CallSite(
                        "demo.UserService/Login", "10.0.0.1:8000", 1, Duration.ofMillis(12), Duration.ofMillis(300)))
                .build();

        assertThat(failure)
                .hasMessage("demo.UserService/Login: UNAVAILABLE (CONNECTION_LOST): the connection was lost"
                        + " [endpoint 10.0.0.1:8000, may have run, attempt 2, after 12 of 300 ms]");
    }

    @Test
    void successIsNoFailure() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RpcException(RpcStatus.OK, "fine"));
    }

    @Test
    void aNestedCancellationFollowsTheOuterOneUntilItEnds() {
        Cancellation outer = new Cancellation();
        Cancellation one = outer.nested();
        Cancellation other = outer.nested();
        Cancellation third = outer.nested();

        other.cancel();
        third.end();
        outer.cancel();

        assertThat(one.isCancelled()).isTrue();
        assertThat(third.isCancelled()).isFalse();
        assertThat(outer.nested().isCancelled()).isTrue();
    }

    @Test
    void cancellingAPartLeavesTheWholeAlone() {
        Cancellation outer = new Cancellation();

        outer.nested().cancel();

        assertThat(outer.isCancelled()).isFalse();
    }
}
