package io.rpcboot.server;

import io.rpcboot.transport.IncomingCall;
import io.rpcboot.transport.RequestHandler;
import io.rpcboot.transport.WorkerThreads;

/** Brings each request to the thread that runs its method: the one thread hop of a call. Safe for use by many threads. */
final class Dispatcher implements RequestHandler {

    private final ServedMethods methods;

    Dispatcher(ServedMethods methods) {
        this.methods = methods;
    }

    @Override
    public void handle(IncomingCall incoming) {
        ServedMethod served = methods.get(incoming.methodIndex());
        ServedCall call = new ServedCall(incoming, served);
        if (served.execution() == Execution.EVENT_LOOP) {
            WorkerThreads.wake();
            call.run();
        } else {
            served.queue().submit(call);
        }
    }
}
