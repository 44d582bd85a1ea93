package io.rpcboot.server;

import com.google.protobuf.MessageLite;
import io.rpcboot.CallGate;
import io.rpcboot.CallListener;
import io.rpcboot.Invoker;
import io.rpcboot.RpcMethod;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A method that a server offers, with all that runs before user code.
 *
 * @param method what it is
 * @param execution where it runs
 * @param queue where its calls wait for a worker
 * @param gates checked before the request is decoded
 * @param chain interceptors, then user code
 * @param handler user code itself, where no interceptor stands before it and it is a blocking one of one message each; otherwise null
 * @param failures what callers are told of its exceptions
 * @param listener told of the end of its calls
 */
record ServedMethod(
        RpcMethod method,
        Execution execution,
        ServiceQueue queue,
        List<CallGate> gates,
        Invoker chain,
        @Nullable UnaryOperator<MessageLite> handler,
        FailureMapping failures,
        CallListener listener) {}
