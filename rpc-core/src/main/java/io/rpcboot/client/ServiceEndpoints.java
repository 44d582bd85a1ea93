package io.rpcboot.client;

import io.rpcboot.Endpoint;
import io.rpcboot.balance.Ejection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The endpoints of one service as naming lists them, and which of them can take calls now. Worked out when something changes, so that a call
 * only reads a list. Safe for use by many threads.
 */
final class ServiceEndpoints {

    private final ConnectionPool pool;
    private final Routing routing;
    private final Runnable onChange;
    private final Ejection<ServiceLink> ejection = new Ejection<>(this::refresh);
    private final Runnable linkListener = this::linkChanged;
    private final Object lock = new Object();

    private Map<String, ServiceLink> links = new LinkedHashMap<>();
    private volatile List<ServiceLink> known = List.of();
    private volatile List<ServiceLink> usable = List.of();
    private volatile boolean listed;
    private volatile int passedOver;
    private volatile boolean demanded;

    ServiceEndpoints(ConnectionPool pool, Routing routing, Runnable onChange) {
        this.pool = pool;
        this.routing = routing;
        this.onChange = onChange;
    }

    /** Endpoints to choose from for one call: those that can take one now, or a single one that is to be tried again. */
    List<ServiceLink> candidates() {
        ServiceLink probe = ejection.probe();
        return probe == null ? usable : List.of(probe);
    }

    /** Endpoints that can take a call now. */
    List<ServiceLink> usable() {
        return usable;
    }

    /** All that naming lists, but for those of another version or group. */
    List<ServiceLink> known() {
        return known;
    }

    /** Those that say they are ready, connected or not. */
    List<ServiceLink> ready() {
        return known.stream().filter(ServiceLink::isReady).toList();
    }

    /** For messages: which endpoints are looked for, if not any. */
    String wanted() {
        return routing.description() + (passedOver == 0 ? "" : " (but " + passedOver + " of another version or group)");
    }

    /** Whether waiting is worth while: naming has not answered yet, or a first attempt to connect is under way. */
    boolean mayConnectSoon() {
        return !listed
                || known.stream().anyMatch(link -> link.isReady() && link.link().mayConnectSoon());
    }

    /** From now on the endpoints are wanted: connections are opened, and kept open. */
    void demand() {
        if (!demanded) {
            demanded = true;
            connectReady();
        }
    }

    /** Takes over the full list from naming. */
    void replace(List<Endpoint> endpoints) {
        List<Endpoint> accepted = endpoints.stream().filter(routing::accepts).toList();
        Map<ServiceLink, Endpoint> news = new LinkedHashMap<>();
        synchronized (lock) {
            passedOver = endpoints.size() - accepted.size();
            Map<String, ServiceLink> before = links;
            links = new LinkedHashMap<>();
            for (Endpoint endpoint : accepted) {
                ServiceLink present = before.remove(endpoint.address());
                ServiceLink link = present == null ? acquire(endpoint) : present;
                links.put(endpoint.address(), link);
                news.put(link, endpoint);
            }
            before.values().forEach(this::letGo);
        }
        // Without the lock: a connection that opens or fails at once tells all services on this very thread.
        news.forEach(ServiceLink::update);
        refresh();
        listed = true;
        if (demanded) {
            connectReady();
        }
        onChange.run();
    }

    private ServiceLink acquire(Endpoint endpoint) {
        EndpointLink link = pool.acquire(endpoint);
        link.addListener(linkListener);
        return new ServiceLink(link, ejection, endpoint, listed);
    }

    private void letGo(ServiceLink link) {
        link.link().removeListener(linkListener);
        pool.release(link.link());
    }

    private void connectReady() {
        ready().stream().map(ServiceLink::link).forEach(EndpointLink::demand);
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
        List<ServiceLink> ready = ready();
        List<ServiceLink> connected =
                ready.stream().filter(link -> link.usableConnection() != null).toList();
        List<ServiceLink> alive =
                connected.stream().filter(link -> !link.link().isSuspect()).toList();
        // When all are silent it may well be this side that is cut off; then any is better than none.
        List<ServiceLink> able = alive.isEmpty() ? connected : alive;
        usable = routing.prefer(ejection.keep(able, ready.size()), ready);
    }
}
