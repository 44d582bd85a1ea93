package io.rpcboot.client;

import io.rpcboot.RpcCall;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Brings whatever a call failed with into the one form that callers see. */
final class CallFailures {

    private CallFailures() {}

    /** The failure as an {@link RpcException} that names the call. */
    static RpcException of(Throwable failure, RpcCall call, Duration timeout) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof RpcException rpc) {
            return rpc.site() == null ? rpc.at(site(call, timeout)) : rpc;
        }
        return RpcException.of(RpcStatus.INTERNAL, "an interceptor or the client itself failed: " + cause)
                .cause(cause)
                .site(site(call, timeout))
                .build();
    }

    private static RpcException.CallSite site(RpcCall call, Duration timeout) {
        Duration left = call.deadline().remaining();
        // With a deadline inherited from the call being served there was less than the timeout from the start.
        Duration elapsed = left.compareTo(timeout) < 0 ? timeout.minus(left) : Duration.ZERO;
        return new RpcException.CallSite(call.method().fullName(), null, call.attempt(), elapsed, timeout);
    }
}
