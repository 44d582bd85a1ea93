package io.rpcboot.spring.server;

import com.google.protobuf.BlockingService;
import com.google.protobuf.Service;
import io.rpcboot.contract.GeneratedFrom;
import io.rpcboot.contract.ServiceContract;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.util.ClassUtils;

/** Finds the services that a bean implements, by whichever of the kinds of code that there are for a contract. */
final class ImplementedServices {

    private ImplementedServices() {}

    /**
     * The contracts of the bean; one service occurs twice if both its styles are implemented. Where interfaces of protoc-gen-rpc are implemented
     * for a service, what protoc itself generated for it does not count.
     *
     * @param type the bean's class, without any proxy
     */
    static List<ServiceContract<?, ?>> of(Object bean, Class<?> type) {
        List<ServiceContract<?, ?>> found = new ArrayList<>();
        List<ServiceContract<?, ?>> generic = new ArrayList<>();
        for (Class<?> implemented : ClassUtils.getAllInterfacesForClassAsSet(type)) {
            List<ServiceContract<?, ?>> kind = implemented.isAnnotationPresent(GeneratedFrom.class) ? found : generic;
            ServiceContract.of(implemented).ifPresent(kind::add);
        }
        addOthers(generic, found);
        addOthers(described(bean), found);
        return found;
    }

    /** What the bean says of itself as one of protobuf's own services. */
    private static List<ServiceContract<?, ?>> described(Object bean) {
        List<ServiceContract<?, ?>> contracts = new ArrayList<>();
        if (bean instanceof BlockingService service) {
            contracts.add(ServiceContract.of(service));
        }
        if (bean instanceof Service service) {
            contracts.add(ServiceContract.of(service));
        }
        return contracts;
    }

    private static void addOthers(List<ServiceContract<?, ?>> more, List<ServiceContract<?, ?>> found) {
        Set<String> names = new HashSet<>();
        found.forEach(contract -> names.add(contract.name()));
        more.stream().filter(contract -> !names.contains(contract.name())).forEach(found::add);
    }
}
