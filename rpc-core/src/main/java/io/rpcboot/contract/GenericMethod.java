package io.rpcboot.contract;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.RpcCallback;
import com.google.protobuf.Service;
import io.rpcboot.Invoker;
import io.rpcboot.RpcCall;
import io.rpcboot.RpcException;
import io.rpcboot.RpcMethod;
import io.rpcboot.RpcReply;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one method of an asynchronous {@link Service}. Safe for use by many threads. */
final class GenericMethod implements Invoker {

    private static final Logger log = LoggerFactory.getLogger(GenericMethod.class);

    private final Service service;
    private final MethodDescriptor descriptor;
    private final RpcMethod method;

    GenericMethod(Service service, MethodDescriptor descriptor, RpcMethod method) {
        this.service = service;
        this.descriptor = descriptor;
        this.method = method;
    }

    @Override
    public CompletableFuture<RpcReply> invoke(RpcCall call) {
        Done done = new Done(method, new ServedController(call.cancellation()));
        try {
            service.callMethod(descriptor, done.controller, (Message) call.request(), done);
        } catch (Throwable e) {
            done.threw(e);
        }
        return done.reply;
    }

    /** What the service calls with its reply, on whatever thread and once. */
    private static final class Done implements RpcCallback<Message> {

        final CompletableFuture<RpcReply> reply = new CompletableFuture<>();
        final ServedController controller;
        private final RpcMethod method;
        private final AtomicBoolean called = new AtomicBoolean();

        Done(RpcMethod method, ServedController controller) {
            this.method = method;
            this.controller = controller;
        }

        @Override
        public void run(@Nullable Message message) {
            if (!called.compareAndSet(false, true)) {
                throw new IllegalStateException("done was called a second time for one call of " + method.fullName());
            }
            RpcException failure = failure(message);
            if (failure == null && message != null) {
                reply.complete(RpcReply.of(message));
            } else {
                reply.completeExceptionally(failure);
            }
            controller.over();
        }

        private @Nullable RpcException failure(@Nullable Message message) {
            RpcException refusal = controller.failure();
            if (refusal != null || message != null) {
                return refusal;
            }
            RpcException made = controller.failureOfMadeCall();
            return made == null ? ServiceBinding.Builder.noReply(method) : made;
        }

        void threw(Throwable failure) {
            if (!reply.completeExceptionally(failure)) {
                log.error("{}: the method failed after it had called done", method.fullName(), failure);
            }
            controller.over();
        }
    }
}
