package io.rpcboot.spring.server;

import io.rpcboot.Endpoint;
import io.rpcboot.naming.EndpointAnnouncer;
import io.rpcboot.server.RpcServer;
import java.util.function.IntFunction;

/**
 * Announces a running server to one registry. Immutable.
 *
 * @param announcer tells the registry
 * @param endpoint what is announced, given the port that the server has bound
 */
public record ServerAnnouncement(EndpointAnnouncer announcer, IntFunction<Endpoint> endpoint) {

    /**
     * Begins the announcement and does not wait for it.
     *
     * @throws AnnouncementRefusedException if the endpoint cannot be announced as it is
     */
    void begin(RpcServer server) {
        Endpoint announced = endpoint.apply(server.port());
        try {
            server.announce(announcer, announced);
        } catch (IllegalArgumentException e) {
            throw new AnnouncementRefusedException(announced, e);
        }
    }
}
