package io.rpcboot.transport;

import io.rpcboot.RpcException;

/** A request of which more is to come. Confined to the event loop. */
final class PartialRequest {

    private final IncomingCall call;
    private final BodyAssembly assembly;
    private boolean refused;

    PartialRequest(IncomingCall call, BodyAssembly assembly) {
        this.call = call;
        this.assembly = assembly;
    }

    IncomingCall call() {
        return call;
    }

    BodyAssembly assembly() {
        return assembly;
    }

    boolean isRefused() {
        return refused;
    }

    /** Answers at once; the call lets go of what has come, and what is still to come is dropped. */
    void refuse(RpcException answer) {
        refused = true;
        call.fail(answer);
    }
}
