package io.rpcboot.contract;

import com.google.protobuf.BlockingService;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.Service;
import java.util.function.Function;

/** The contract of a service of which the descriptor is known and no generated interface. Immutable. */
final class DescribedService extends GenericContract<BlockingService, Service> {

    DescribedService(
            ServiceDescriptor descriptor,
            Function<MethodDescriptor, Message> requestPrototypes,
            Function<MethodDescriptor, Message> replyPrototypes) {
        super(descriptor, BlockingService.class, Service.class, requestPrototypes, replyPrototypes);
    }

    /** A contract for messages that no code was generated for. */
    static DescribedService of(ServiceDescriptor descriptor) {
        return new DescribedService(
                descriptor,
                method -> DynamicMessage.getDefaultInstance(method.getInputType()),
                method -> DynamicMessage.getDefaultInstance(method.getOutputType()));
    }

    @Override
    public BlockingService blockingClient(Caller caller) {
        throw noClient();
    }

    @Override
    public Service asyncClient(Caller caller) {
        throw noClient();
    }

    private UnsupportedOperationException noClient() {
        return new UnsupportedOperationException(
                name() + " is known by its descriptor only (expected: a stub of the generated class, over a channel)");
    }

    @Override
    public ServiceBinding bind(BlockingService service) {
        return binding(service);
    }

    @Override
    public ServiceBinding bindAsync(Service service) {
        return binding(service);
    }
}
