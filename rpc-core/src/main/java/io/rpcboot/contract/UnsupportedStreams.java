package io.rpcboot.contract;

import io.rpcboot.Outcome;
import io.rpcboot.Reason;
import io.rpcboot.RpcException;
import io.rpcboot.RpcMethod;
import io.rpcboot.RpcStatus;

/** What a streaming call is answered as long as this version carries unary calls only. */
public final class UnsupportedStreams {

    private UnsupportedStreams() {}

    /** The failure for a call of this streaming method. */
    public static RpcException failure(RpcMethod method) {
        return RpcException.of(
                        RpcStatus.UNIMPLEMENTED,
                        method.fullName() + " is a streaming method; this version carries unary calls only")
                .reason(Reason.UNKNOWN_METHOD)
                .outcome(Outcome.DID_NOT_RUN)
                .build();
    }
}
