package io.rpcboot.spring.server;

/** A bean is to be offered but implements no service that was generated from a {@code .proto}. */
public final class NoGeneratedInterfaceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String beanName;
    private final transient Class<?> type;

    NoGeneratedInterfaceException(String beanName, Class<?> type) {
        super("@RpcService bean '" + beanName + "' of " + type.getName()
                + " implements no generated interface and is no service of protobuf");
        this.beanName = beanName;
        this.type = type;
    }

    public String beanName() {
        return beanName;
    }

    /** The bean's class, without any proxy. */
    public Class<?> type() {
        return type;
    }
}
