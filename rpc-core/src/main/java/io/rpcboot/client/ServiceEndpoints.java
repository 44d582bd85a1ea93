package io.rpcboot.client;

import io.rpcboot.Endpoint;
import io.rpcboot.EndpointStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
    private boolean demanded;

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
        synchronized (lock) {
            if (!demanded) {
                demanded = true;
                connectReady();
            }
        }
    }

    /** Takes over the full list from naming. */
    void replace(List<Endpoint> endpoints) {
        synchronized (lock) {
            Map<String, EndpointLink> before = links;
            links = new LinkedHashMap<>();
            for (Endpoint endpoint : endpoints) {
                links.put(endpoint.address(), keepOrAcquire(endpoint, before.remove(endpoint.address())));
            }
            before.values().forEach(this::letGo);
            listed = true;
            if (demanded) {
                connectReady();
            }
            workOut();
        }
        onChange.run();
    }

    private EndpointLink keepOrAcquire(Endpoint endpoint, @Nullable EndpointLink present) {
        if (present != null) {
            present.update(endpoint);
            return present;
        }
        EndpointLink link = pool.acquire(endpoint);
        link.update(endpoint);
        link.addListener(linkListener);
        return link;
    }

    private void letGo(EndpointLink link) {
        link.removeListener(linkListener);
        pool.release(link);
    }

    private void connectReady() {
        links.values().stream().filter(ServiceEndpoints::isReady).forEach(EndpointLink::demand);
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
