package io.rpcboot.spring.server;

import io.rpcboot.Endpoint;

/** The endpoint cannot be announced as it is; the cause says why. */
public final class AnnouncementRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Endpoint endpoint;
    private final String reason;

    AnnouncementRefusedException(Endpoint endpoint, IllegalArgumentException cause) {
        super("endpoint " + endpoint + " cannot be announced: " + cause.getMessage(), cause);
        this.endpoint = endpoint;
        this.reason = String.valueOf(cause.getMessage());
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    /** Why the announcer refuses, in its own words. */
    public String reason() {
        return reason;
    }
}
