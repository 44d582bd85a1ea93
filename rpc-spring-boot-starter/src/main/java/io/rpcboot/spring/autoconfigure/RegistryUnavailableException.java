package io.rpcboot.spring.autoconfigure;

import java.time.Duration;

/** The registry cannot be reached and the application is set not to start without it. */
public final class RegistryUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String registry;
    private final Duration waited;

    RegistryUnavailableException(String registry, Duration waited) {
        super("no connection to ZooKeeper at " + registry + " after " + waited.toMillis() + " ms");
        this.registry = registry;
        this.waited = waited;
    }

    /** The addresses that were tried. */
    public String registry() {
        return registry;
    }

    public Duration waited() {
        return waited;
    }
}
