package io.rpcboot;

import java.util.Objects;

/**
 * One place where a service runs: a host, a port, and what naming knows of it. Immutable.
 *
 * @param host host name or IP literal
 * @param port 1 to 65535
 * @param attributes what naming knows of the endpoint
 */
public record Endpoint(String host, int port, EndpointAttributes attributes) {

    public Endpoint {
        Objects.requireNonNull(attributes, "attributes");
        if (host.isBlank()) {
            throw new IllegalArgumentException("host: '" + host + "' (expected: a host name or an IP literal)");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 1..65535)");
        }
    }

    /** An endpoint of which only the address is known. */
    public static Endpoint of(String host, int port) {
        return new Endpoint(host, port, EndpointAttributes.NONE);
    }

    /**
     * Parses {@code host:port}; an IPv6 literal stands in brackets.
     *
     * @throws IllegalArgumentException if the text is not of that form; the message shows it
     */
    public static Endpoint parse(String address) {
        int colon = address.lastIndexOf(':');
        String host = colon < 0 ? "" : address.substring(0, colon).strip();
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            host = "";
        }
        if (host.isEmpty()) {
            throw malformed(address);
        }
        try {
            return of(host, Integer.parseInt(address.substring(colon + 1).strip()));
        } catch (NumberFormatException e) {
            throw malformed(address);
        }
    }

    private static IllegalArgumentException malformed(String address) {
        return new IllegalArgumentException(
                "address: '" + address + "' (expected: host:port, for instance 10.0.0.1:8000)");
    }

    /** Host and port: what identifies the endpoint. IPv6 literals stand in brackets. */
    public String address() {
        return host.indexOf(':') >= 0 ? '[' + host + "]:" + port : host + ':' + port;
    }

    @Override
    public String toString() {
        return address();
    }
}
