package io.rpcboot.wire;

import java.nio.charset.StandardCharsets;

/** Service and method of a call in the form they have on the wire, to be encoded once and sent often. Immutable. */
public final class EncodedName {

    private final byte[] service;
    private final byte[] method;

    private EncodedName(byte[] service, byte[] method) {
        this.service = service;
        this.method = method;
    }

    /** The full name of a service and the name of one of its methods. */
    public static EncodedName of(String service, String method) {
        return new EncodedName(service.getBytes(StandardCharsets.UTF_8), method.getBytes(StandardCharsets.UTF_8));
    }

    byte[] service() {
        return service;
    }

    byte[] method() {
        return method;
    }

    @Override
    public String toString() {
        return new String(service, StandardCharsets.UTF_8) + '/' + new String(method, StandardCharsets.UTF_8);
    }
}
