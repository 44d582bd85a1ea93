package io.rpcboot.spring.server;

import io.rpcboot.contract.ServiceContract;
import io.rpcboot.spring.RpcService;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;

/** Finds the beans that are {@link RpcService}s, lazy ones included. Used on one thread. */
public final class ServiceBeans {

    private final ConfigurableListableBeanFactory beans;

    public ServiceBeans(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /**
     * All services, each once, in the order of their beans. Creates the beans that are not created yet.
     *
     * @throws NoGeneratedInterfaceException if a bean implements no service
     * @throws DuplicateServiceException if two beans implement the same service
     */
    public List<ServiceBean> find() {
        Map<String, ServiceBean> byService = new LinkedHashMap<>();
        for (String name : beans.getBeanNamesForAnnotation(RpcService.class)) {
            if (!ScopedProxyUtils.isScopedTarget(name)) {
                servicesOf(name).forEach(service -> add(service, byService));
            }
        }
        return List.copyOf(byService.values());
    }

    private List<ServiceBean> servicesOf(String name) {
        Object bean = beans.getBean(name);
        RpcService annotation = annotation(name);
        Class<?> type = AopUtils.getTargetClass(bean);
        List<ServiceContract<?, ?>> contracts = ImplementedServices.of(bean, type);
        if (contracts.isEmpty()) {
            throw new NoGeneratedInterfaceException(name, type);
        }
        return contracts.stream()
                .map(contract -> new ServiceBean(name, bean, contract, annotation))
                .toList();
    }

    /** The annotation of the {@code @Bean} method before that of the class, since it is closer to this bean. */
    private RpcService annotation(String name) {
        Method factory = factoryMethod(name);
        if (factory != null && factory.isAnnotationPresent(RpcService.class)) {
            return factory.getAnnotation(RpcService.class);
        }
        return Objects.requireNonNull(beans.findAnnotationOnBean(name, RpcService.class), name);
    }

    private @Nullable Method factoryMethod(String name) {
        return beans.containsBeanDefinition(name)
                        && beans.getMergedBeanDefinition(name) instanceof RootBeanDefinition definition
                ? definition.getResolvedFactoryMethod()
                : null;
    }

    private static void add(ServiceBean service, Map<String, ServiceBean> byService) {
        ServiceBean earlier = byService.putIfAbsent(service.contract().name(), service);
        if (earlier != null) {
            throw new DuplicateServiceException(service.contract().name(), earlier.beanName(), service.beanName());
        }
    }
}
