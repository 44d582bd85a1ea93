package io.rpcboot.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Injects a client of a remote service. The type is an interface that was generated from a {@code .proto}, blocking or asynchronous; under
 * {@code java_generic_services} these are {@code X.BlockingInterface} and {@code X.Interface}. Stands on a constructor parameter, a field, a setter, or a parameter of a {@code @Bean} method.
 *
 * <p>A bean of that type in the context, for instance a mock, is injected instead, unless it is an {@link RpcService}, is the bean being
 * injected, or has an {@code @RpcReference} of that type itself.
 */
@Autowired
@Documented
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface RpcReference {

    /**
     * Time that a call may take, as in {@code 300ms}; placeholders are resolved. Empty leaves it to the properties, which win over this
     * attribute where they name the service.
     */
    String timeout() default "";

    /** Whether the application fails to start while no endpoint of the service is known. */
    boolean check() default false;
}
