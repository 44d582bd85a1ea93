package io.rpcboot;

/**
 * Decides on a call at the server from its method, headers and caller alone, before the body is decoded. Runs on a worker thread and may
 * block. Safe for use by many threads.
 */
@FunctionalInterface
public interface CallGate {

    /**
     * Returns to let the call pass.
     *
     * @throws RpcException to refuse it; the method does not run
     */
    void check(CallContext call);
}
