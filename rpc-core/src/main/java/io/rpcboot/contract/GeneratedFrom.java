package io.rpcboot.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Leads from a generated interface to its contract. Written by the protoc plugin only. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface GeneratedFrom {

    /** The contract class; it has a public static field {@code INSTANCE}. */
    Class<? extends ServiceContract<?, ?>> value();
}
