package io.rpcboot.contracts;

import com.google.protobuf.MessageLite;
import io.rpcboot.Cancellation;
import io.rpcboot.Deadline;
import io.rpcboot.Metadata;
import io.rpcboot.RpcCall;
import io.rpcboot.RpcMethod;
import io.rpcboot.RpcReply;
import io.rpcboot.contract.ServiceBinding;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Calls bound services as a server would. */
final class Bindings {

    private Bindings() {}

    static CompletableFuture<RpcReply> call(ServiceBinding binding, RpcMethod method, MessageLite request) {
        RpcCall call = RpcCall.unary(
                method, request, Metadata.EMPTY, Deadline.after(Duration.ofMinutes(1)), new Cancellation());
        return binding.invoker(method).invoke(call);
    }
}
