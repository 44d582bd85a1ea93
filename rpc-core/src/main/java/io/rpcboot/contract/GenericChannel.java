package io.rpcboot.contract;

import com.google.protobuf.BlockingRpcChannel;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.RpcCallback;
import com.google.protobuf.RpcChannel;
import com.google.protobuf.RpcController;
import com.google.protobuf.ServiceException;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the calls of stubs that protoc generated under {@code java_generic_services}: {@code X.newStub(channel)} and
 * {@code X.newBlockingStub(channel)}. Safe for use by many threads.
 *
 * <p>The controller of a call may be null. With a {@link CallController} a call has options and can be cancelled, and its failure can be
 * looked at. Of any other only {@code setFailed} and {@code notifyOnCancel} are used.
 */
public final class GenericChannel implements RpcChannel, BlockingRpcChannel {

    private static final Logger log = LoggerFactory.getLogger(GenericChannel.class);

    private final Function<ServiceDescriptor, Caller> callers;
    private final Methods methods;

    GenericChannel(Function<ServiceDescriptor, Caller> callers, Methods methods) {
        this.callers = callers;
        this.methods = methods;
    }

    /** A channel for all services. Used by the client. */
    public static GenericChannel over(Function<ServiceContract<?, ?>, Caller> callers) {
        Map<ServiceDescriptor, Caller> known = new ConcurrentHashMap<>();
        return new GenericChannel(
                service -> {
                    // The usual case, without a lock that the first call of another service may hold.
                    Caller caller = known.get(service);
                    return caller == null
                            ? known.computeIfAbsent(service, first -> callers.apply(DescribedService.of(first)))
                            : caller;
                },
                new GenericMethods()::of);
    }

    /**
     * Calls and returns at once. When the call is over {@code done} runs: with the reply, or with null if the call failed, of which the
     * controller knows more. It runs where the results of asynchronous calls are completed, or on this thread if the call is over at once.
     *
     * @throws IllegalArgumentException if the options of the call, or what is configured for the service, cannot be used
     * @throws IllegalStateException if the controller watches over another call, or the client is closed and the service was not called before
     */
    @Override
    public void callMethod(
            MethodDescriptor method,
            @Nullable RpcController controller,
            Message request,
            Message replyPrototype,
            RpcCallback<Message> done) {
        MethodContract<Message, Message> contract = methods.of(method, request, replyPrototype);
        WatchedCall call = Controllers.begin(callers.apply(method.getService()), contract, controller);
        start(call, contract, request).whenComplete((reply, failure) -> {
            call.end().accept(failure == null ? null : asRpcException(failure));
            try {
                done.run(reply);
            } catch (RuntimeException | Error e) {
                log.error("{}: done failed", contract.fullName(), e);
            }
        });
    }

    private static CompletableFuture<Message> start(
            WatchedCall call, MethodContract<Message, Message> method, Message request) {
        if (GenericMethods.isStream(method)) {
            return CompletableFuture.failedFuture(stream(method));
        }
        try {
            return call.caller().unaryAsync(method, request);
        } catch (RuntimeException | Error e) {
            call.end().accept(null);
            throw e;
        }
    }

    /**
     * Calls and blocks until the reply is there.
     *
     * @throws ServiceException if the call failed; the cause is the {@link RpcException}
     * @throws IllegalArgumentException if the options of the call, or what is configured for the service, cannot be used
     * @throws IllegalStateException if the controller watches over another call, or the client is closed and the service was not called before
     */
    @Override
    public Message callBlockingMethod(
            MethodDescriptor method, @Nullable RpcController controller, Message request, Message replyPrototype)
            throws ServiceException {
        MethodContract<Message, Message> contract = methods.of(method, request, replyPrototype);
        WatchedCall call = Controllers.begin(callers.apply(method.getService()), contract, controller);
        RpcException failure = null;
        try {
            if (GenericMethods.isStream(contract)) {
                throw stream(contract);
            }
            return call.caller().unary(contract, request);
        } catch (RpcException e) {
            failure = e;
            throw new ServiceException(e.getMessage(), e);
        } finally {
            call.end().accept(failure);
        }
    }

    private static RpcException stream(MethodContract<?, ?> method) {
        return GenericFailures.stream(method)
                .at(new RpcException.CallSite(method.fullName(), null, 0, Duration.ZERO, Duration.ZERO));
    }

    private static RpcException asRpcException(Throwable failure) {
        return failure instanceof RpcException rpc
                ? rpc
                : RpcException.of(RpcStatus.INTERNAL, "the client failed: " + failure)
                        .cause(failure)
                        .build();
    }

    /** Finds what a method is on this side. */
    interface Methods {
        MethodContract<Message, Message> of(MethodDescriptor method, Message request, Message replyPrototype);
    }
}
