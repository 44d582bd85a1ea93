package io.rpcboot.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcboot.Reason;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {

    @ParameterizedTest
    @CsvSource({
        "UNAVAILABLE, UNSPECIFIED, FAILS",
        "UNAVAILABLE, APPLICATION, FAILS",
        "INTERNAL, APPLICATION, FAILS",
        "UNKNOWN, APPLICATION, FAILS",
        "INTERNAL, BAD_REPLY, FAILS",
        "DEADLINE_EXCEEDED, UNSPECIFIED, FAILS",
        "DEADLINE_EXCEEDED, APPLICATION, WORKS",
        "NOT_FOUND, APPLICATION, WORKS",
        "RESOURCE_EXHAUSTED, APPLICATION, WORKS",
        "UNAUTHENTICATED, REFUSED, WORKS",
        "UNAVAILABLE, REFUSED, WORKS",
        "RESOURCE_EXHAUSTED, LIMIT, REFUSES",
        "DEADLINE_EXCEEDED, TOO_LATE, REFUSES",
        "UNAVAILABLE, DRAINING, UNKNOWN",
        "UNAVAILABLE, CONNECTION_LOST, UNKNOWN",
        "CANCELLED, UNSPECIFIED, UNKNOWN"
    })
    void statusAndReasonSayWhoIsToBlame(RpcStatus status, Reason reason, Verdict expected) {
        RpcException failure = RpcException.of(status, "failed").reason(reason).build();

        assertThat(Verdict.of(failure)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource("WORKS")
    void aReplySaysThatTheEndpointWorks(Verdict expected) {
        assertThat(Verdict.of(null)).isEqualTo(expected);
    }
}
