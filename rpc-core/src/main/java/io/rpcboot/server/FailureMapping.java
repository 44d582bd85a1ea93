package io.rpcboot.server;

import io.rpcboot.Outcome;
import io.rpcboot.Peer;
import io.rpcboot.Reason;
import io.rpcboot.RpcException;
import io.rpcboot.RpcMethod;
import io.rpcboot.RpcStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What callers see of a failure at the server. Text of unknown exceptions stays here, in the log, since it may hold what callers must not
 * see. Safe for use by many threads.
 */
final class FailureMapping {

    private static final Logger log = LoggerFactory.getLogger(FailureMapping.class);

    private static final Duration DO_NOT_RETRY = Duration.ofMillis(-1);

    private final List<ExceptionMapper> mappers;
    private final boolean exposeText;

    FailureMapping(List<ExceptionMapper> mappers, boolean exposeText) {
        this.mappers = Stream.concat(mappers.stream(), Stream.of(new ServiceExceptions()))
                .toList();
        this.exposeText = exposeText;
    }

    /** The answer when a gate, or the decoding of the request, failed. */
    RpcException beforeTheMethod(RpcMethod method, Throwable failure) {
        if (failure instanceof RpcException refusal && refusal.site() == null) {
            Reason reason = refusal.reason() == Reason.APPLICATION ? Reason.REFUSED : refusal.reason();
            return RpcException.of(refusal.status(), refusal.description())
                    .reason(reason)
                    .outcome(Outcome.DID_NOT_RUN)
                    .details(refusal.details())
                    .retryAfter(refusal.retryAfter())
                    .build();
        }
        log.error("{}: the call failed before the method was started", method.fullName(), failure);
        return internal(failure, Outcome.DID_NOT_RUN);
    }

    /** The answer when an interceptor or user code failed. */
    RpcException ofTheMethod(RpcMethod method, Peer peer, Throwable failure) {
        Throwable cause = unwrap(failure);
        RpcException mapped = mapped(cause);
        if (mapped != null) {
            return mapped;
        }
        if (cause instanceof RpcException rpc) {
            return rpc.site() == null ? rpc : downstream(rpc);
        }
        log.error("{}: the method failed, called by {}", method.fullName(), peer, cause);
        return internal(cause, Outcome.RAN);
    }

    private @Nullable RpcException mapped(Throwable failure) {
        for (ExceptionMapper mapper : mappers) {
            RpcException mapped = map(mapper, failure);
            if (mapped != null) {
                return mapped.site() == null ? mapped : downstream(mapped);
            }
        }
        return null;
    }

    private static @Nullable RpcException map(ExceptionMapper mapper, Throwable failure) {
        try {
            return mapper.map(failure);
        } catch (RuntimeException | Error e) {
            log.error("{} failed on {}; the next mapper is asked", mapper, failure, e);
            return null;
        }
    }

    /** A call that user code made failed and nobody caught it. What is known of that call must not be taken for this one. */
    private RpcException downstream(RpcException failure) {
        String text = "a call that the method made failed" + (exposeText ? ": " + failure.getMessage() : "");
        return RpcException.of(failure.status(), text)
                .reason(Reason.APPLICATION)
                .outcome(Outcome.RAN)
                .retryAfter(DO_NOT_RETRY)
                .withoutStackTrace()
                .build();
    }

    private RpcException internal(Throwable failure, Outcome outcome) {
        String text = exposeText ? failure.toString() : "the service failed; its log says why";
        return RpcException.of(RpcStatus.INTERNAL, text)
                .reason(Reason.APPLICATION)
                .outcome(outcome)
                .withoutStackTrace()
                .build();
    }

    private static Throwable unwrap(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
