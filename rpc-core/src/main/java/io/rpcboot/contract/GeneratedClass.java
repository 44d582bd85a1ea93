package io.rpcboot.contract;

import com.google.protobuf.BlockingRpcChannel;
import com.google.protobuf.BlockingService;
import com.google.protobuf.RpcChannel;
import com.google.protobuf.Service;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The contract of a class that protoc generated for a service under {@code java_generic_services}. Its methods are looked up by reflection,
 * when a client or a binding is made; calls go through generated code only. Immutable.
 */
final class GeneratedClass<B, A> extends GenericContract<B, A> {

    private static final ClassValue<Optional<ServiceContract<?, ?>>> CONTRACTS = new ClassValue<>() {
        @Override
        protected Optional<ServiceContract<?, ?>> computeValue(Class<?> type) {
            return find(type);
        }
    };

    private final Method newStub;
    private final Method newBlockingStub;
    private final Method newService;
    private final Method newBlockingService;

    private GeneratedClass(Class<?> generated, Service prototype, Class<B> blockingType, Class<A> asyncType)
            throws NoSuchMethodException {
        super(
                prototype.getDescriptorForType(),
                blockingType,
                asyncType,
                prototype::getRequestPrototype,
                prototype::getResponsePrototype);
        this.newStub = generated.getDeclaredMethod("newStub", RpcChannel.class);
        this.newBlockingStub = generated.getDeclaredMethod("newBlockingStub", BlockingRpcChannel.class);
        this.newService = generated.getDeclaredMethod("newReflectiveService", asyncType);
        this.newBlockingService = generated.getDeclaredMethod("newReflectiveBlockingService", blockingType);
    }

    /** The contract of the class, if it is a generated one, or of the interfaces nested in it. */
    static Optional<ServiceContract<?, ?>> contractOf(Class<?> type) {
        Class<?> outer = type.isInterface() ? type.getDeclaringClass() : type;
        if (outer == null || !Service.class.isAssignableFrom(outer)) {
            return Optional.empty();
        }
        return CONTRACTS
                .get(outer)
                .filter(contract -> type == outer || type == contract.blockingType() || type == contract.asyncType());
    }

    private static Optional<ServiceContract<?, ?>> find(Class<?> type) {
        Class<?> blockingType = nested(type, "BlockingInterface");
        Class<?> asyncType = nested(type, "Interface");
        if (blockingType == null || asyncType == null) {
            return Optional.empty();
        }
        try {
            Object stub = type.getDeclaredMethod("newStub", RpcChannel.class).invoke(null, (Object) null);
            return Optional.of(new GeneratedClass<>(type, (Service) stub, blockingType, asyncType));
        } catch (NoSuchMethodException e) {
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw unusable(type, e);
        }
    }

    private static @Nullable Class<?> nested(Class<?> type, String name) {
        return Stream.of(type.getDeclaredClasses())
                .filter(nested -> nested.isInterface() && nested.getSimpleName().equals(name))
                .findFirst()
                .orElse(null);
    }

    @Override
    public B blockingClient(Caller caller) {
        return blockingType().cast(call(newBlockingStub, channel(caller)));
    }

    @Override
    public A asyncClient(Caller caller) {
        return asyncType().cast(call(newStub, channel(caller)));
    }

    @Override
    public ServiceBinding bind(B service) {
        return binding((BlockingService) call(newBlockingService, service));
    }

    @Override
    public ServiceBinding bindAsync(A service) {
        return binding((Service) call(newService, service));
    }

    private static Object call(Method method, Object argument) {
        try {
            return method.invoke(null, argument);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw unusable(method.getDeclaringClass(), e);
        }
    }

    private static IllegalStateException unusable(Class<?> type, ReflectiveOperationException cause) {
        return new IllegalStateException(
                type.getName() + " cannot be used (expected: a public class that protoc generated under "
                        + "java_generic_services, with the version of protobuf-java in use)",
                cause);
    }
}
