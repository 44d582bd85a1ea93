package io.rpcboot.transport;

import io.rpcboot.RpcException;

/** Is asked before a {@link PendingCall} fails, so that it can be sent again instead. Runs on an event loop and never blocks. */
@FunctionalInterface
public interface FailureHandler {

    /** Lets every failure stand. */
    FailureHandler NONE = (call, failure) -> false;

    /** True if the handler now answers for the call's end; false to let it fail. */
    boolean takesOver(PendingCall call, RpcException failure);
}
