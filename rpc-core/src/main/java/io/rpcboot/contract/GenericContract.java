package io.rpcboot.contract;

import com.google.protobuf.BlockingService;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Service;
import io.rpcboot.Invoker;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A contract from protobuf's own words, without code of the protoc plugin. Immutable. */
abstract sealed class GenericContract<B, A> extends ServiceContract<B, A> permits GeneratedClass, DescribedService {

    private final ServiceDescriptor descriptor;

    GenericContract(
            ServiceDescriptor descriptor,
            Class<B> blockingType,
            Class<A> asyncType,
            Function<MethodDescriptor, Message> requestPrototypes,
            Function<MethodDescriptor, Message> replyPrototypes) {
        super(
                descriptor.getFullName(),
                blockingType,
                asyncType,
                descriptor.getFile(),
                methods(descriptor, requestPrototypes, replyPrototypes));
        this.descriptor = descriptor;
    }

    private static List<MethodContract<?, ?>> methods(
            ServiceDescriptor service,
            Function<MethodDescriptor, Message> requestPrototypes,
            Function<MethodDescriptor, Message> replyPrototypes) {
        return service.getMethods().stream()
                .<MethodContract<?, ?>>map(method ->
                        GenericMethods.contract(method, requestPrototypes.apply(method), replyPrototypes.apply(method)))
                .toList();
    }

    /** The channel for stubs of this service. */
    final GenericChannel channel(Caller caller) {
        return new GenericChannel(service -> caller, (method, request, prototype) -> method(method));
    }

    final ServiceBinding binding(Service service) {
        return binding((method, contract) -> new GenericMethod(service, method, contract));
    }

    final ServiceBinding binding(BlockingService service) {
        return binding((method, contract) -> new GenericBlockingMethod(service, method, contract));
    }

    private ServiceBinding binding(Invokers invokers) {
        ServiceBinding.Builder binding = ServiceBinding.of(this);
        for (MethodDescriptor method : descriptor.getMethods()) {
            MethodContract<Message, Message> contract = method(method);
            binding.bind(
                    contract, GenericMethods.isStream(contract) ? refused(contract) : invokers.of(method, contract));
        }
        return binding.build();
    }

    private static Invoker refused(MethodContract<?, ?> method) {
        return call -> CompletableFuture.failedFuture(GenericFailures.stream(method));
    }

    @SuppressWarnings("unchecked") // All methods of generic contracts are made of messages.
    private MethodContract<Message, Message> method(MethodDescriptor method) {
        if (method.getService() != descriptor) {
            throw new IllegalArgumentException(
                    method.getFullName() + " is not a method of " + name() + ", which this is for");
        }
        return (MethodContract<Message, Message>) methods().get(method.getIndex());
    }

    /** Makes the invoker of one method. */
    private interface Invokers {
        Invoker of(MethodDescriptor method, MethodContract<Message, Message> contract);
    }
}
