package io.rpcboot.spring;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ImportAware;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/** Registers one bean for each type that {@link ImportRpcClients} names. Used by Spring, on one thread. */
public final class ImportedClients implements BeanRegistrar, ImportAware {

    private static final String DESCRIPTION = "RPC client by @ImportRpcClients";

    private Class<?>[] types = {};

    @Override
    public void setImportMetadata(AnnotationMetadata importing) {
        types = importing.getAnnotations().get(ImportRpcClients.class).getClassArray("types");
    }

    @Override
    public void register(BeanRegistry registry, Environment environment) {
        for (Class<?> type : types) {
            register(registry, type);
        }
    }

    /** Whether the definition is one of those registered here, so that its bean is a remote client. */
    public static boolean isImported(BeanDefinition definition) {
        return DESCRIPTION.equals(definition.getDescription());
    }

    private static <T> void register(BeanRegistry registry, Class<T> type) {
        registry.registerBean(
                type.getName(),
                type,
                spec -> spec.description(DESCRIPTION)
                        .supplier(
                                context -> context.bean(RpcClientFactory.class).client(type)));
    }
}
