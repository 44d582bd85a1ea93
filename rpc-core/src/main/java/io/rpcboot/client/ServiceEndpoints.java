package io.rpcboot.client;

import io.rpcboot.Endpoint;
import io.rpcboot.EndpointStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The endpoints of one service as naming lists them, and which of them can take calls now. Worked out when something changes, so that a call
 * only reads a list. Safe for use by many threads.
 */
final class ServiceEndpoints {

    private final ConnectionPool pool;
    private final Runnable onChange;
    private final Runnable linkListener = this::linkChanged;
    private final Object lock = new Object();

    private Map<String, EndpointLink> links = new LinkedHashMap<>();
    private volatile List<EndpointLink> known = List.of();
    private volatile List<EndpointLink> usable = List.of();
    private volatile boolean listed;
    private volatile boolean demanded;

    ServiceEndpoints(ConnectionPool pool, Runnable onChange) {
        this.pool = pool;
        this.onChange = onChange;
    }

    /** Endpoints that can take a call now. */
    List<EndpointLink> usable() {
        return usable;
    }

    /** All that naming lists. */
    List<EndpointLink> known() {
        return known;
    }

    /** Those that say they are ready, connected or not. */
    List<EndpointLink> ready() {
        return known.stream().filter(ServiceEndpoints::isReady).toList();
    }

    /** Whether waiting is worth while: naming has not answered yet, or a first attempt to connect is under way. */
    boolean mayConnectSoon() {
        return !listed || known.stream().anyMatch(link -> isReady(link) && link.mayConnectSoon());
    }

    /** From now on the endpoints are wanted: connections are opened, and kept open. */
    void demand() {
        if (!demanded) {
            demanded = true;
            ready().forEach(EndpointLink::demand);
        }
    }

    /** Takes over the full list from naming. */
    void replace(List<Endpoint> endpoints) {
        Map<EndpointLink, Endpoint> news = new LinkedHashMap<>();
        synchronized (lock) {
            Map<String, EndpointLink> before = links;
            links = new LinkedHashMap<>();
            for (Endpoint endpoint : endpoints) {
                EndpointLink present = before.remove(endpoint.address());
                EndpointLink link = present == null ? acquire(endpoint) : present;
                links.put(endpoint.address(), link);
                news.put(link, endpoint);
            }
            before.values().forEach(this::letGo);
        }
        // Without the lock: a connection that opens or fails at once tells all services on this very thread.
        news.forEach(EndpointLink::update);
        refresh();
        listed = true;
        if (demanded) {
            ready().forEach(EndpointLink::demand);
        }
        onChange.run();
    }

    private EndpointLink acquire(Endpoint endpoint) {
        EndpointLink link = pool.acquire(endpoint);
        link.addListener(linkListener);
        return link;
    }

    private void letGo(EndpointLink link) {
        link.removeListener(linkListener);
        pool.release(link);
    }

    /** Looks at every connection anew, for when one closed whose news has not come yet. */
    void refresh() {
        synchronized (lock) {
            workOut();
        }
    }

    private void linkChanged() {
        refresh();
        onChange.run();
    }

    private void workOut() {
        known = List.copyOf(links.values());
        List<EndpointLink> connected = known.stream()
                .filter(link -> isReady(link) && link.usableConnection() != null)
                .toList();
        List<EndpointLink> alive =
                connected.stream().filter(link -> !link.isSuspect()).toList();
        // When all are silent it may well be this side that is cut off; then any is better than none.
        usable = alive.isEmpty() ? connected : alive;
    }

    private static boolean isReady(EndpointLink link) {
        return link.endpoint().attributes().status() == EndpointStatus.READY
                && link.endpoint().attributes().weight() > 0;
    }
}
