package io.rpcboot.server;

import io.rpcboot.Outcome;
import io.rpcboot.Reason;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.transport.IncomingCall;
import io.rpcboot.transport.RequestHandler;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings each request to the thread that runs its method: the one thread hop of a call. Safe for use by many threads. */
final class Dispatcher implements RequestHandler {

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

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
        ServedMethod served = methods.get(incoming.methodIndex());
        ServedCall call = new ServedCall(incoming, served, failures);
        if (call.execution() == Execution.EVENT_LOOP) {
            call.run();
            return;
        }
        try {
            workers.execute(call);
        } catch (RejectedExecutionException e) {
            incoming.fail(refused(RpcStatus.UNAVAILABLE, Reason.DRAINING, "the server's workers take no more calls"));
        } catch (RuntimeException | Error e) {
            log.error("{}: no worker could take the call", served.method().fullName(), e);
            incoming.fail(refused(RpcStatus.RESOURCE_EXHAUSTED, Reason.LIMIT, "no worker could take the call"));
        }
    }

    private static RpcException refused(RpcStatus status, Reason reason, String text) {
        return RpcException.of(status, text)
                .reason(reason)
                .outcome(Outcome.DID_NOT_RUN)
                .withoutStackTrace()
                .build();
    }
}
