package io.rpcboot.spring;

import io.rpcboot.Interceptor;
import io.rpcboot.server.Execution;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;
import org.springframework.stereotype.Component;

/**
 * Offers a bean to remote callers. The bean implements an interface that was generated from a {@code .proto}, blocking or asynchronous, or is
 * one of protobuf's own services, which {@code java_generic_services} makes: a {@code Service}, a {@code BlockingService}, an
 * {@code X.Interface} or an {@code X.BlockingInterface}. Where a bean has both for one service, the first counts. Stands on the class, which makes it a component, or on a {@code @Bean} method.
 */
@Documented
@Component
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface RpcService {

    /** Name of the bean; empty for the usual one. Has no meaning on a {@code @Bean} method. */
    @AliasFor(annotation = Component.class)
    String value() default "";

    /** Which thread runs the methods. {@link Execution#EVENT_LOOP} is for services that never block. */
    Execution execution() default Execution.WORKER;

    /**
     * What C++ callers that speak mprpc call the service; its name without the package by default. The property
     * {@code rpc.server.services.<name>.mprpc-name} goes before.
     */
    String mprpcName() default "";

    /** Interceptor beans for this service alone, the first one outermost. They run after those that apply to all services. */
    Class<? extends Interceptor>[] interceptors() default {};
}
