package io.rpcboot.spring.client;

/** An {@code @RpcReference} at which nothing can be injected. */
public final class InvalidReferenceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String action;

    private InvalidReferenceException(String problem, String action) {
        super(problem);
        this.action = action;
    }

    static InvalidReferenceException notGenerated(String point, Class<?> type) {
        return new InvalidReferenceException(
                "@RpcReference " + point + " has the type " + type.getName()
                        + ", which is not an interface generated from a .proto.",
                "Use the interface that protoc-gen-rpc generated for the service, blocking (UserService) or asynchronous "
                        + "(UserServiceAsync); for a contract with java_generic_services the nested one "
                        + "(X.BlockingInterface or X.Interface); or inject the bean with @Autowired.");
    }

    static InvalidReferenceException noClient(String point, String service) {
        return new InvalidReferenceException(
                "@RpcReference " + point + " needs a client of " + service + ", but clients are switched off.",
                "Remove rpc.client.enabled=false, or define a bean of that type to stand in for the client.");
    }

    static InvalidReferenceException badTimeout(String point, String text) {
        return new InvalidReferenceException(
                "@RpcReference " + point + " has the timeout '" + text + "', which is not a duration above zero.",
                "Write a number and a unit, for instance timeout = \"300ms\" or \"2s\".");
    }

    static InvalidReferenceException unusable(String point, String service, IllegalArgumentException why) {
        InvalidReferenceException failure = new InvalidReferenceException(
                "@RpcReference " + point + " cannot be given a client of " + service + ": " + why.getMessage() + '.',
                "Change what is set for the service under rpc.client.services, or for all under rpc.client.");
        failure.initCause(why);
        return failure;
    }

    /** How to mend it, in a sentence. */
    public String action() {
        return action;
    }
}
