package io.rpcboot.spring.zookeeper;

import io.rpcboot.Endpoint;
import io.rpcboot.EndpointAttributes;
import io.rpcboot.EndpointStatus;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The values read from a node, each checked on its way into the endpoint. Immutable.
 *
 * @param host as found
 * @param port as found
 * @param application name of the application whose node it is
 * @param metadata as found, the keys of {@link NodeKeys}
 */
record NodeFields(String host, int port, String application, Map<String, String> metadata) {

    static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,252}[A-Za-z0-9])?");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f.]{0,15}:[0-9A-Fa-f:.]{1,44}");
    private static final Pattern LABEL = Pattern.compile("[^\\p{Cntrl}]{0,255}");
    private static final Pattern SERVICE = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]{0,254}");
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{0,64}");

    EndpointNode toNode() throws BadNodeException {
        if (!HOST_NAME.matcher(host).matches() && !IPV6.matcher(host).matches()) {
            throw bad("address", host, "an IP literal or a host name");
        }
        if (port < 1 || port > 65535) {
            throw bad("port", Integer.toString(port), "1..65535");
        }
        return new EndpointNode(new Endpoint(host, port, attributes()), fingerprints());
    }

    private EndpointAttributes attributes() throws BadNodeException {
        return new EndpointAttributes(
                application,
                label(NodeKeys.VERSION),
                label(NodeKeys.GROUP),
                weight(),
                label(NodeKeys.ZONE),
                label(NodeKeys.TAG),
                incarnation(),
                startedAt(),
                status());
    }

    private String label(String key) throws BadNodeException {
        String value = metadata.getOrDefault(key, "");
        if (!LABEL.matcher(value).matches()) {
            throw bad(key, value, "at most 255 characters, no control characters");
        }
        return value;
    }

    private int weight() throws BadNodeException {
        String value = metadata.getOrDefault(NodeKeys.WEIGHT, "100");
        try {
            int weight = Integer.parseInt(value);
            if (weight >= 0 && weight <= EndpointNode.MAX_WEIGHT) {
                return weight;
            }
        } catch (NumberFormatException e) {
            throw new BadNodeException(NodeKeys.WEIGHT + ": no number", e);
        }
        throw bad(NodeKeys.WEIGHT, value, "0.." + EndpointNode.MAX_WEIGHT);
    }

    private long incarnation() throws BadNodeException {
        try {
            return Long.parseUnsignedLong(metadata.getOrDefault(NodeKeys.INCARNATION, "0"), 16);
        } catch (NumberFormatException e) {
            throw new BadNodeException(NodeKeys.INCARNATION + ": not up to 16 hex digits", e);
        }
    }

    private Instant startedAt() throws BadNodeException {
        String value = metadata.get(NodeKeys.STARTED_AT);
        try {
            return value == null ? Instant.EPOCH : Instant.parse(value);
        } catch (DateTimeException e) {
            throw new BadNodeException(NodeKeys.STARTED_AT + ": no instant in ISO 8601", e);
        }
    }

    private EndpointStatus status() throws BadNodeException {
        String value = metadata.get(NodeKeys.STATUS);
        if (value == null) {
            boolean out = NodeKeys.OUT_OF_SERVICE.equals(metadata.get(NodeKeys.INSTANCE_STATUS));
            return out ? EndpointStatus.NOT_READY : EndpointStatus.READY;
        }
        for (EndpointStatus status : EndpointStatus.values()) {
            if (status.name().equals(value)) {
                return status;
            }
        }
        throw bad(NodeKeys.STATUS, value, "READY, NOT_READY or DRAINING");
    }

    private Map<String, String> fingerprints() throws BadNodeException {
        Map<String, String> fingerprints = new LinkedHashMap<>();
        String services = metadata.getOrDefault(NodeKeys.SERVICES, "");
        if (!services.isEmpty()) {
            for (String service : services.split(",", -1)) {
                addService(service, fingerprints);
            }
        }
        return fingerprints;
    }

    private static void addService(String service, Map<String, String> fingerprints) throws BadNodeException {
        int equals = service.indexOf('=');
        String name = equals < 0 ? service : service.substring(0, equals);
        String fingerprint = equals < 0 ? "" : service.substring(equals + 1);
        if (!SERVICE.matcher(name).matches()
                || !FINGERPRINT.matcher(fingerprint).matches()) {
            throw bad(NodeKeys.SERVICES, service, "name=fingerprint");
        }
        fingerprints.put(name, fingerprint);
    }

    static BadNodeException bad(String field, String value, String expected) {
        return new BadNodeException(field + ": '" + printable(value) + "' (expected: " + expected + ")");
    }

    /** What may be anything, made fit for a message. */
    static String printable(String value) {
        String shown = value.length() > 64 ? value.substring(0, 64) + "..." : value;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
