package io.rpcboot.spring.client;

import java.time.Duration;

/** No endpoint is known of a service that must be there when the application starts. */
public final class NoEndpointException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String service;
    private final Duration waited;

    NoEndpointException(String service, Duration waited) {
        super("no endpoint of " + service + " is known after " + waited.toMillis() + " ms");
        this.service = service;
        this.waited = waited;
    }

    public String service() {
        return service;
    }

    /** Time that the start has waited for one. */
    public Duration waited() {
        return waited;
    }
}
