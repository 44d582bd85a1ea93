package io.rpcboot.spring.server;

/** One service is implemented twice, so that nobody could say which bean gets the calls. */
public final class DuplicateServiceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String service;
    private final String first;
    private final String second;

    DuplicateServiceException(String service, String first, String second) {
        super("service " + service + " is implemented by the @RpcService beans '" + first + "' and '" + second + "'");
        this.service = service;
        this.first = first;
        this.second = second;
    }

    public String service() {
        return service;
    }

    /** Name of the bean that was found first. */
    public String first() {
        return first;
    }

    /** Name of the other bean; the same where one bean implements the service in both styles. */
    public String second() {
        return second;
    }
}
