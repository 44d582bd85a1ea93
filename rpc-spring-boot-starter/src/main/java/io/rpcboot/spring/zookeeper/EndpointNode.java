package io.rpcboot.spring.zookeeper;

import io.rpcboot.Endpoint;
import io.rpcboot.EndpointStatus;
import io.rpcboot.naming.Offer;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the node of one endpoint says. Immutable.
 *
 * @param endpoint the address and what is known of it
 * @param fingerprints contract fingerprint of each service offered, by the service's full name; empty where none is stated
 */
record EndpointNode(Endpoint endpoint, Map<String, String> fingerprints) {

    /** Largest node written or read. */
    static final int MAX_BYTES = 64 * 1024;

    static final int MAX_WEIGHT = 10_000;

    /** The younger process comes last; of two started in the same millisecond, one is chosen for good. */
    static final Comparator<EndpointNode> BY_AGE = Comparator.comparing(
                    (EndpointNode node) -> node.endpoint().attributes().startedAt())
            .thenComparing(node -> node.endpoint().attributes().incarnation(), Long::compareUnsigned);

    static EndpointNode of(Offer offer, EndpointStatus status) {
        Endpoint endpoint = offer.endpoint();
        Map<String, String> fingerprints = new LinkedHashMap<>();
        offer.services().forEach(service -> fingerprints.put(service.name(), service.fingerprint()));
        return new EndpointNode(
                new Endpoint(
                        endpoint.host(), endpoint.port(), endpoint.attributes().withStatus(status)),
                fingerprints);
    }

    boolean offers(String service) {
        return fingerprints.containsKey(service);
    }

    /** Whether both were written by the same process. */
    boolean isSameProcess(EndpointNode other) {
        long incarnation = endpoint.attributes().incarnation();
        return incarnation != 0 && incarnation == other.endpoint.attributes().incarnation();
    }

    @Override
    public String toString() {
        return endpoint.address() + " (incarnation "
                + Long.toHexString(endpoint.attributes().incarnation()) + ", started "
                + endpoint.attributes().startedAt() + ')';
    }
}
