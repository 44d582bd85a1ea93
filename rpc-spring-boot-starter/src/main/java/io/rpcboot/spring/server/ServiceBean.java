package io.rpcboot.spring.server;

import io.rpcboot.contract.ServiceBinding;
import io.rpcboot.contract.ServiceContract;
import io.rpcboot.spring.RpcService;

/**
 * A bean that answers the calls of one service. Immutable.
 *
 * @param beanName name of the bean, for messages
 * @param bean the bean, which may be a proxy
 * @param contract the service it implements
 * @param annotation how it is to be offered
 */
public record ServiceBean(String beanName, Object bean, ServiceContract<?, ?> contract, RpcService annotation) {

    /** The calls of the service, answered by the bean. */
    public ServiceBinding binding() {
        return bind(contract, bean);
    }

    private static <B, A> ServiceBinding bind(ServiceContract<B, A> contract, Object bean) {
        Class<B> blocking = contract.blockingType();
        return blocking.isInstance(bean)
                ? contract.bind(blocking.cast(bean))
                : contract.bindAsync(contract.asyncType().cast(bean));
    }
}
