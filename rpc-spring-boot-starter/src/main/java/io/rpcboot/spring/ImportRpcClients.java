package io.rpcboot.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;

/** Registers clients of remote services as beans, for injection without {@link RpcReference}. Stands on a configuration class. */
@Documented
@Import(ImportedClients.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface ImportRpcClients {

    /** Interfaces generated from a {@code .proto}, blocking or asynchronous, those under {@code java_generic_services} included. */
    Class<?>[] types();
}
