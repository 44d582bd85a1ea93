package io.rpcboot.server;

import io.rpcboot.CallGate;
import io.rpcboot.Invoker;
import io.rpcboot.RpcMethod;
import java.util.List;

/**
 * A method that a server offers, with all that runs before user code.
 *
 * @param method what it is
 * @param execution where it runs
 * @param queue where its calls wait for a worker
 * @param gates checked before the request is decoded
 * @param chain interceptors, then user code
 * @param failures what callers are told of its exceptions
 */
record ServedMethod(
        RpcMethod method,
        Execution execution,
        ServiceQueue queue,
        List<CallGate> gates,
        Invoker chain,
        FailureMapping failures) {}
