package io.rpcboot.spring.client;

import com.google.protobuf.Service;
import io.rpcboot.contract.ServiceContract;
import io.rpcboot.spring.ImportedClients;
import io.rpcboot.spring.RpcService;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.util.ClassUtils;

/**
 * Knows which beans of the context may stand in for a remote client: mocks and other stand-ins, but neither the services that are offered
 * here nor beans that call the remote service themselves. Safe for use by many threads.
 */
final class StandIns {

    private final DefaultListableBeanFactory beans;

    StandIns(DefaultListableBeanFactory beans) {
        this.beans = beans;
    }

    /** Names of the beans that may stand in for a client of this type. */
    List<String> forType(Class<?> type) {
        return Stream.of(beans.getBeanNamesForType(type, true, false))
                .filter(name -> isStandIn(name, type))
                .toList();
    }

    private boolean isStandIn(String name, Class<?> type) {
        return !ScopedProxyUtils.isScopedTarget(name)
                && !beans.isCurrentlyInCreation(name)
                && beans.findAnnotationOnBean(name, RpcService.class, false) == null
                && !isImportedOrHidden(name)
                && !holdsReference(name, type);
    }

    private boolean isImportedOrHidden(String name) {
        if (!beans.containsBeanDefinition(name)) {
            return false;
        }
        BeanDefinition definition = beans.getBeanDefinition(name);
        return !definition.isAutowireCandidate() || ImportedClients.isImported(definition) && !isReplaced(name);
    }

    /** Whether another object, a mock of a test, was put in the place of the client. */
    private boolean isReplaced(String name) {
        Object bean = beans.getSingleton(name);
        return bean != null && !isClient(bean.getClass());
    }

    /** Clients are nested classes of their contract, or of the class that protoc itself generated. */
    private static boolean isClient(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return outer != null
                && (ServiceContract.class.isAssignableFrom(outer)
                        || Service.class.isAssignableFrom(outer)
                                && ServiceContract.of(outer).isPresent());
    }

    private boolean holdsReference(String name, Class<?> type) {
        Class<?> beanType = beans.getType(name, false);
        return beanType != null
                && ReferencePoints.typesHeldBy(ClassUtils.getUserClass(beanType), factoryMethod(name))
                        .contains(type);
    }

    private @Nullable Method factoryMethod(String name) {
        if (!beans.containsBeanDefinition(name)) {
            return null;
        }
        return beans.getMergedBeanDefinition(name) instanceof RootBeanDefinition definition
                ? definition.getResolvedFactoryMethod()
                : null;
    }
}
