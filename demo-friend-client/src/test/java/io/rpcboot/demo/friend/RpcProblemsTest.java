package io.rpcboot.demo.friend;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcboot.Outcome;
import io.rpcboot.Reason;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.ProblemDetail;

class RpcProblemsTest {

    private final RpcProblems problems = new RpcProblems();

    @ParameterizedTest
    @CsvSource({
        "INVALID_ARGUMENT, 400",
        "UNAUTHENTICATED, 401",
        "NOT_FOUND, 404",
        "ALREADY_EXISTS, 409",
        "RESOURCE_EXHAUSTED, 429",
        "INTERNAL, 500",
        "UNAVAILABLE, 503",
        "DEADLINE_EXCEEDED, 504"
    })
    void aFailedCallBecomesTheHttpStatusThatMeansTheSame(RpcStatus status, int expected) {
        ProblemDetail problem = problems.problem(new RpcException(status, "why"));

        assertThat(problem.getStatus()).isEqualTo(expected);
        assertThat(problem.getDetail()).isEqualTo("why");
    }

    @Test
    void whatWentWrongOnTheWayStaysInTheLog() {
        RpcException failure = RpcException.of(RpcStatus.UNAVAILABLE, "connection refused: 10.0.0.7:8001")
                .reason(Reason.CONNECT_FAILED)
                .outcome(Outcome.DID_NOT_RUN)
                .build();

        ProblemDetail problem = problems.problem(failure);

        assertThat(problem.getDetail()).isEqualTo("the user service gave no answer: UNAVAILABLE");
    }

    @Test
    void theInstanceThatRefusedIsNamed() {
        RpcException failure = new RpcException(RpcStatus.NOT_FOUND, "why")
                .at(new RpcException.CallSite(
                        "demo.UserService/GetUser", "10.0.0.7:8001", 0, Duration.ZERO, Duration.ofSeconds(1)));

        ProblemDetail problem = problems.problem(failure);

        assertThat(problem.getProperties()).containsEntry("servedBy", "10.0.0.7:8001");
    }

    @Test
    void aFailedCallIsFoundInAFuturesFailure() {
        CompletionException wrapped = new CompletionException(new RpcException(RpcStatus.NOT_FOUND, "why"));

        assertThat(problems.problem(wrapped).getStatus()).isEqualTo(404);
    }
}
