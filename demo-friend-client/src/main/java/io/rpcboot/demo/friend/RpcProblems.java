package io.rpcboot.demo.friend;

import io.rpcboot.Reason;
import io.rpcboot.RpcException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Turns failed calls into answers over HTTP. Safe for use by many threads. */
@RestControllerAdvice
class RpcProblems {

    private static final Logger log = LoggerFactory.getLogger(RpcProblems.class);

    @ExceptionHandler
    ProblemDetail problem(RpcException failure) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(httpStatus(failure), detail(failure));
        RpcException.CallSite site = failure.site();
        if (site != null && site.endpoint() != null) {
            problem.setProperty("servedBy", site.endpoint());
        }
        return problem;
    }

    /** Futures wrap what they failed with. */
    @ExceptionHandler
    ProblemDetail problem(CompletionException failure) {
        if (failure.getCause() instanceof RpcException cause) {
            return problem(cause);
        }
        throw failure;
    }

    private static HttpStatus httpStatus(RpcException failure) {
        return switch (failure.status()) {
            case INVALID_ARGUMENT -> HttpStatus.BAD_REQUEST;
            case UNAUTHENTICATED -> HttpStatus.UNAUTHORIZED;
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case ALREADY_EXISTS -> HttpStatus.CONFLICT;
            case RESOURCE_EXHAUSTED -> HttpStatus.TOO_MANY_REQUESTS;
            case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
            case DEADLINE_EXCEEDED -> HttpStatus.GATEWAY_TIMEOUT;
            default -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
    }

    /** What the service said is for the visitor; what went wrong on the way is for the log. */
    private static String detail(RpcException failure) {
        if (failure.reason() == Reason.APPLICATION) {
            return failure.description();
        }
        log.warn("Call failed: {}", failure.getMessage());
        return "the user service gave no answer: " + failure.status();
    }
}
