package io.rpcboot.spring.client;

import io.rpcboot.contract.MethodContract;
import io.rpcboot.contract.ServiceContract;
import java.util.List;

/** Something is configured for a method that the service does not have. */
public final class UnknownMethodException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String key;
    private final String method;
    private final String service;
    private final transient List<String> methods;

    UnknownMethodException(String key, String method, ServiceContract<?, ?> contract) {
        super("service " + contract.name() + " has no method '" + method + "'");
        this.key = key;
        this.method = method;
        this.service = contract.name();
        this.methods = contract.methods().stream().map(MethodContract::name).toList();
    }

    /** The name under which the service is configured. */
    public String key() {
        return key;
    }

    public String method() {
        return method;
    }

    public String service() {
        return service;
    }

    /** The methods that there are, in the order of the {@code .proto}. */
    public List<String> methods() {
        return methods;
    }
}
