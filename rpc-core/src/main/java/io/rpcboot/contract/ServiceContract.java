package io.rpcboot.contract;

import com.google.protobuf.BlockingService;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.Service;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A service as both sides know it: name, methods, and the generated code that turns Java calls into {@link Caller} calls and requests into
 * Java calls. The protoc plugin generates one subclass per service, with a single instance; {@link #of} also finds services that protoc
 * generated without it. Safe for use by many threads.
 *
 * @param <B> the blocking interface
 * @param <A> the asynchronous interface
 */
public abstract class ServiceContract<B, A> {

    private final String name;
    private final Class<B> blockingType;
    private final Class<A> asyncType;
    private final FileDescriptor file;
    private final List<MethodContract<?, ?>> methods;
    private final Map<String, MethodContract<?, ?>> methodsByName;
    private volatile @Nullable DescriptorSet descriptorSet;

    protected ServiceContract(
            String name,
            Class<B> blockingType,
            Class<A> asyncType,
            FileDescriptor file,
            List<MethodContract<?, ?>> methods) {
        this.name = name;
        this.blockingType = blockingType;
        this.asyncType = asyncType;
        this.file = file;
        this.methods = List.copyOf(methods);
        this.methodsByName = this.methods.stream().collect(Collectors.toMap(MethodContract::name, Function.identity()));
    }

    /**
     * The contract of a generated interface, blocking or asynchronous; empty for any other type. Of the class {@code X} that protoc itself
     * generates under {@code java_generic_services}, these are {@code X.BlockingInterface} and {@code X.Interface}, and {@code X} counts too.
     *
     * @throws IllegalStateException if the generated code does not match this version of rpc-core
     */
    public static Optional<ServiceContract<?, ?>> of(Class<?> generatedInterface) {
        GeneratedFrom origin = generatedInterface.getAnnotation(GeneratedFrom.class);
        return origin == null ? GeneratedClass.contractOf(generatedInterface) : of(generatedInterface, origin);
    }

    /** The contract of what one of protobuf's own services offers. It binds such services and makes no clients. */
    public static ServiceContract<BlockingService, Service> of(Service service) {
        return new DescribedService(
                service.getDescriptorForType(), service::getRequestPrototype, service::getResponsePrototype);
    }

    /** As {@link #of(Service)}. */
    public static ServiceContract<BlockingService, Service> of(BlockingService service) {
        return new DescribedService(
                service.getDescriptorForType(), service::getRequestPrototype, service::getResponsePrototype);
    }

    private static Optional<ServiceContract<?, ?>> of(Class<?> generatedInterface, GeneratedFrom origin) {
        try {
            return Optional.of(
                    origin.value().cast(origin.value().getField("INSTANCE").get(null)));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    origin.value().getName()
                            + " has no public static field INSTANCE (expected: code that protoc-gen-rpc "
                            + "generated; generate it anew with the version of rpc-core in use)",
                    e);
        }
    }

    /** Full name with the proto package, as on the wire and in the registry: {@code demo.UserService}. */
    public final String name() {
        return name;
    }

    public final Class<B> blockingType() {
        return blockingType;
    }

    public final Class<A> asyncType() {
        return asyncType;
    }

    /** The methods in the order of the {@code .proto}. Never changes. */
    public final List<MethodContract<?, ?>> methods() {
        return methods;
    }

    /** The method of this name, spelled as in the {@code .proto}. */
    public final Optional<MethodContract<?, ?>> method(String methodName) {
        return Optional.ofNullable(methodsByName.get(methodName));
    }

    /** The service in protobuf's own words. */
    public final ServiceDescriptor descriptor() {
        return file.getServices().stream()
                .filter(service -> service.getFullName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(file.getName() + " declares no service " + name));
    }

    /** The file that declares the service and all it imports; its hash is the contract's fingerprint. */
    public final DescriptorSet descriptorSet() {
        DescriptorSet known = descriptorSet;
        if (known == null) {
            known = DescriptorSet.of(file);
            descriptorSet = known;
        }
        return known;
    }

    /** A client whose methods block until the reply is there. */
    public abstract B blockingClient(Caller caller);

    /** A client whose methods return futures and publishers. */
    public abstract A asyncClient(Caller caller);

    /** The calls of this service, answered by the blocking implementation. */
    public abstract ServiceBinding bind(B service);

    /** The calls of this service, answered by the asynchronous implementation. */
    public abstract ServiceBinding bindAsync(A service);

    @Override
    public final String toString() {
        return name;
    }
}
