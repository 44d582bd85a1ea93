package io.rpcboot.spring.zookeeper;

import com.google.protobuf.ByteString;
import io.rpcboot.Endpoint;
import io.rpcboot.EndpointAttributes;
import io.rpcboot.EndpointStatus;
import io.rpcboot.naming.Offer;
import java.time.Instant;
import java.util.List;

/** Offers of one service by one application, as different processes make them. */
final class Offers {

    static final String SERVICE = "demo.UserService";
    static final String APPLICATION = "demo-user-service";
    static final String FINGERPRINT = "0123456789abcdef".repeat(4);
    static final ByteString CONTRACT = ByteString.copyFromUtf8("the contract");
    static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    private Offers() {}

    /** The offer of a process at 127.0.0.1 that started at noon. */
    static Offer at(int port) {
        return at(port, 1, NOON);
    }

    static Offer at(int port, long incarnation, Instant startedAt) {
        return at("127.0.0.1", port, incarnation, startedAt);
    }

    static Offer at(String host, int port, long incarnation, Instant startedAt) {
        EndpointAttributes attributes = new EndpointAttributes(
                APPLICATION, "2", "blue", 50, "zone-1", "canary", incarnation, startedAt, EndpointStatus.READY);
        return new Offer(
                new Endpoint(host, port, attributes), List.of(new Offer.Service(SERVICE, FINGERPRINT, CONTRACT)));
    }

    static String path(int port) {
        return "/rpc/endpoints/" + APPLICATION + "/127.0.0.1:" + port;
    }

    /** The node that the offer makes, as bytes. */
    static byte[] content(Offer offer) {
        return EndpointNodeWriter.write(EndpointNode.of(offer, EndpointStatus.READY), NOON);
    }
}
