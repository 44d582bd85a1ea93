package io.rpcboot.spring;

import io.rpcboot.Interceptor;

/**
 * An interceptor that, as a bean, applies to the services this application offers. Several apply in their order, the first one outermost. Safe
 * for use by many threads.
 */
@FunctionalInterface
public interface RpcServerInterceptor extends Interceptor {

    /**
     * Whether the interceptor applies to the service. Asked when the service is set up, not per call.
     *
     * @param service full name, {@code demo.UserService}
     */
    default boolean appliesTo(String service) {
        return true;
    }
}
