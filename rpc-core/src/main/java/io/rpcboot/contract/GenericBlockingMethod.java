package io.rpcboot.contract;

import com.google.protobuf.BlockingService;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import io.rpcboot.Invoker;
import io.rpcboot.RpcCall;
import io.rpcboot.RpcException;
import io.rpcboot.RpcMethod;
import io.rpcboot.RpcReply;
import java.util.concurrent.CompletableFuture;

/** Runs one method of a {@link BlockingService}. Safe for use by many threads. */
final class GenericBlockingMethod implements Invoker {

    private final BlockingService service;
    private final MethodDescriptor descriptor;
    private final RpcMethod method;

    GenericBlockingMethod(BlockingService service, MethodDescriptor descriptor, RpcMethod method) {
        this.service = service;
        this.descriptor = descriptor;
        this.method = method;
    }

    @Override
    public CompletableFuture<RpcReply> invoke(RpcCall call) {
        ServedController controller = new ServedController(call.cancellation());
        try {
            Message reply = service.callBlockingMethod(descriptor, controller, (Message) call.request());
            RpcException missing = reply == null ? ServiceBinding.Builder.noReply(method) : null;
            RpcException failure = controller.failure() == null ? missing : controller.failure();
            return failure == null
                    ? CompletableFuture.completedFuture(RpcReply.of(reply))
                    : CompletableFuture.failedFuture(failure);
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        } finally {
            controller.over();
        }
    }
}
