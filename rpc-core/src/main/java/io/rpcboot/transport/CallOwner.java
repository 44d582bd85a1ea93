package io.rpcboot.transport;

import io.rpcboot.RpcException;

/** Whoever has {@link PendingCall}s sent: says which servers they are for, and decides on their failures. Safe for use by many threads. */
@FunctionalInterface
public interface CallOwner {

    /** Calls any server, and lets every failure stand. */
    CallOwner NONE = (call, failure) -> false;

    /**
     * Is asked before a call fails, so that it can be sent again instead. Runs on an event loop and never blocks.
     *
     * @return true if the owner now answers for the call's end; false to let it fail
     */
    boolean takesOver(PendingCall call, RpcException failure);

    /** The version of the service that the server must offer; empty for any. */
    default String version() {
        return "";
    }

    /** The group of the service that the server must offer; empty for any. */
    default String group() {
        return "";
    }
}
