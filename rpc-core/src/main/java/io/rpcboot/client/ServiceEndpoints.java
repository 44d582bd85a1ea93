package io.rpcboot.client;

import io.rpcboot.Endpoint;
import io.rpcboot.balance.Ejection;
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
    private boolean demanded;

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
            Map<String, ServiceLink> before = links;
            links = new LinkedHashMap<>();
            List<Endpoint> accepted =
                    endpoints.stream().filter(routing::accepts).toList();
            passedOver = endpoints.size() - accepted.size();
            for (Endpoint endpoint : accepted) {
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

    private ServiceLink keepOrAcquire(Endpoint endpoint, @Nullable ServiceLink present) {
        if (present != null) {
            present.update(endpoint);
            return present;
        }
        EndpointLink link = pool.acquire(endpoint);
        link.update(endpoint);
        link.addListener(linkListener);
        return new ServiceLink(link, ejection, endpoint, listed);
    }

    private void letGo(ServiceLink link) {
        link.link().removeListener(linkListener);
        pool.release(link.link());
    }

    private void connectReady() {
        links.values().stream()
                .filter(ServiceLink::isReady)
                .map(ServiceLink::link)
                .forEach(EndpointLink::demand);
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
        usable = routing.prefer(ejection.keep(connected, ready.size()), ready);
    }
}
