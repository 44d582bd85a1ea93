package io.rpcboot.client;

import io.rpcboot.Endpoint;
import io.rpcboot.transport.Transport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The links of a client, one per address, shared by the services that run there. Safe for use by many threads. */
final class ConnectionPool {

    private final Transport transport;
    private final Connector connector;
    private final ConnectionOptions options;
    private final Map<String, Shared> links = new HashMap<>();
    private boolean closed;

    ConnectionPool(Transport transport, Connector connector, ConnectionOptions options) {
        this.transport = transport;
        this.connector = connector;
        this.options = options;
    }

    /** The link to this endpoint, for one more user, who must {@link #release} it. */
    EndpointLink acquire(Endpoint endpoint) {
        synchronized (links) {
            Shared shared = links.computeIfAbsent(
                    endpoint.address(),
                    address -> new Shared(new EndpointLink(transport, connector, endpoint, options)));
            shared.users++;
            shared.link.shared(shared.users > 1);
            if (closed) {
                shared.link.retire();
            }
            return shared.link;
        }
    }

    /** One user less; without any the connection closes once its calls have ended. */
    void release(EndpointLink link) {
        synchronized (links) {
            String address = link.endpoint().address();
            Shared shared = links.get(address);
            if (shared == null) {
                return;
            }
            shared.users--;
            link.shared(shared.users > 1);
            if (shared.users == 0) {
                links.remove(address);
                link.retire();
            }
        }
    }

    /** Closes all connections at once, and opens no more; calls under way fail. */
    void close() {
        List<Shared> open;
        synchronized (links) {
            closed = true;
            open = List.copyOf(links.values());
        }
        open.forEach(shared -> shared.link.close());
    }

    private static final class Shared {
        final EndpointLink link;
        int users;

        Shared(EndpointLink link) {
            this.link = link;
        }
    }
}
