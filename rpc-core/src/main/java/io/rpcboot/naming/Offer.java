package io.rpcboot.naming;

import com.google.protobuf.ByteString;
import io.rpcboot.Endpoint;
import java.util.List;

/**
 * What one process offers: its endpoint and the services that run there. Immutable.
 *
 * @param endpoint the address that clients are to use, with application name, incarnation and the rest as attributes
 * @param services the services, each once
 */
public record Offer(Endpoint endpoint, List<Service> services) {

    public Offer {
        services = List.copyOf(services);
    }

    /**
     * One service of the offer.
     *
     * @param name full name
     * @param fingerprint SHA-256 of the descriptor set, in hex
     * @param descriptorSet serialised {@code google.protobuf.FileDescriptorSet} of the contract
     * @param mprpcName what callers that speak mprpc call it; empty if they are not served
     */
    public record Service(String name, String fingerprint, ByteString descriptorSet, String mprpcName) {

        /** One that callers of this protocol alone can reach. */
        public Service(String name, String fingerprint, ByteString descriptorSet) {
            this(name, fingerprint, descriptorSet, "");
        }
    }
}
