package io.rpcboot.server;

import io.rpcboot.Outcome;
import io.rpcboot.Reason;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.transport.IncomingCall;
import io.rpcboot.transport.RequestHandler;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Brings each request to the thread that runs its method: the one thread hop of a call. Safe for use by many threads. */
final class Dispatcher implements RequestHandler {

    private final ServedMethods methods;
    private final Executor workers;
    private final FailureMapping failures;

    Dispatcher(ServedMethods methods, Executor workers, FailureMapping failures) {
        this.methods = methods;
        this.workers = workers;
        this.failures = failures;
    }

    @Override
    public void handle(IncomingCall incoming) {
        ServedCall call = new ServedCall(incoming, methods.get(incoming.methodIndex()), failures);
        if (call.execution() == Execution.EVENT_LOOP) {
            call.run();
            return;
        }
        try {
            workers.execute(call);
        } catch (RejectedExecutionException e) {
            incoming.fail(RpcException.of(RpcStatus.UNAVAILABLE, "the server's workers take no more calls")
                    .reason(Reason.DRAINING)
                    .outcome(Outcome.DID_NOT_RUN)
                    .withoutStackTrace()
                    .build());
        }
    }
}
