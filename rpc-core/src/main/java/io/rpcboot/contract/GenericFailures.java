package io.rpcboot.contract;

import io.rpcboot.Outcome;
import io.rpcboot.Reason;
import io.rpcboot.RpcException;
import io.rpcboot.RpcMethod;
import io.rpcboot.RpcStatus;
import org.jspecify.annotations.Nullable;

/** The failures of generic services that have no exception of their own. */
final class GenericFailures {

    private GenericFailures() {}

    /** Of a service that called {@code setFailed}: it ran and refused, and the machine it runs on is not to blame. */
    static RpcException refusal(@Nullable String reason) {
        return RpcException.of(RpcStatus.ABORTED, reason == null ? "" : reason)
                .reason(Reason.APPLICATION)
                .outcome(Outcome.RAN)
                .withoutStackTrace()
                .build();
    }

    /** Of a streaming method: the code that protoc makes under {@code java_generic_services} takes it for a unary one. */
    static RpcException stream(RpcMethod method) {
        return RpcException.of(
                        RpcStatus.UNIMPLEMENTED,
                        method.fullName()
                                + " is a streaming method; code of java_generic_services has unary calls only")
                .reason(Reason.UNKNOWN_METHOD)
                .outcome(Outcome.DID_NOT_RUN)
                .build();
    }
}
