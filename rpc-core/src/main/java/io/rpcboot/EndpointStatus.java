package io.rpcboot;

/** What an endpoint says of itself in the registry. */
public enum EndpointStatus {
    READY,
    /** The application runs but refuses traffic for now. */
    NOT_READY,
    /** The application is stopping. */
    DRAINING
}
