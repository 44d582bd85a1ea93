package io.rpcboot.client;

import io.rpcboot.Endpoint;
import io.rpcboot.RpcCall;
import io.rpcboot.balance.Ejection;
import io.rpcboot.balance.EjectionOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The endpoints of one service as naming lists them, and which of them can take calls now. Worked out when something changes, so that a call
 * only reads a list. Safe for use by many threads.
 */
final class ServiceEndpoints implements LinkListener {

    private final ConnectionPool pool;
    private final Routing routing;
    private final Runnable onChange;
    private final EjectionOptions ejectionOptions;
    private final Ejection<ServiceLink> ejection;
    private final Object lock = new Object();

    private Map<String, ServiceLink> links = new LinkedHashMap<>();
    private volatile List<ServiceLink> known = List.of();
    private volatile Choices choices = Choices.NONE;
    private volatile boolean listed;
    private volatile int passedOver;
    private volatile boolean demanded;

    /** @param onChange runs when calls that wait may be sent, or have nothing left to wait for */
    ServiceEndpoints(ConnectionPool pool, Routing routing, EjectionOptions ejection, Runnable onChange) {
        this.pool = pool;
        this.routing = routing;
        this.ejectionOptions = ejection;
        this.ejection = new Ejection<>(ejection, this::changed);
        this.onChange = onChange;
    }

    /** Endpoints to choose from for one call: those that can take it, or a single one that is to be tried again. */
    List<ServiceLink> candidates(RpcCall call) {
        String tag = routing.tag(call);
        Choices now = choices;
        ServiceLink probe =
                ejection.isProbeDue() ? ejection.probe(one -> one.tag().equals(now.serving(tag))) : null;
        return probe == null ? now.of(tag) : List.of(probe);
    }

    /** Endpoints that can take the call, now or when they have room. */
    List<ServiceLink> usable(RpcCall call) {
        return choices.of(routing.tag(call));
    }

    /** Whether calls may differ in the endpoints that they are for. */
    boolean hasTags() {
        return choices.hasTags();
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

    /** For messages: which tag the call has, if any endpoint has one. */
    String wantedTag(RpcCall call) {
        String tag = routing.tag(call);
        boolean anyTag = known.stream().anyMatch(link -> !link.tag().isEmpty());
        return !anyTag ? "" : tag.isEmpty() ? " without a tag" : " with tag '" + tag + "'";
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
        link.addListener(this);
        return new ServiceLink(link, onChange, ejection, ejectionOptions, endpoint, listed);
    }

    private void letGo(ServiceLink link) {
        link.link().removeListener(this);
        pool.release(link.link());
    }

    private void connectReady() {
        ready().stream().map(ServiceLink::link).forEach(EndpointLink::demand);
    }

    /** Where none of the connections for this call is open any more, the news of it may not have come yet. */
    void refreshIfNoneIsUsable(RpcCall call) {
        for (ServiceLink link : usable(call)) {
            if (link.isUsable()) {
                return;
            }
        }
        refresh();
    }

    /** Looks at every connection anew. */
    private void refresh() {
        synchronized (lock) {
            workOut();
        }
    }

    @Override
    public void changed() {
        refresh();
        onChange.run();
    }

    @Override
    public void notConnected() {
        onChange.run();
    }

    @Override
    public void room() {
        onChange.run();
    }

    private void workOut() {
        known = List.copyOf(links.values());
        List<ServiceLink> ready = ready();
        List<ServiceLink> connected =
                ready.stream().filter(ServiceLink::isUsable).toList();
        List<ServiceLink> alive =
                connected.stream().filter(link -> !link.link().isSuspect()).toList();
        // When all are silent it may well be this side that is cut off; then any is better than none.
        List<ServiceLink> able = alive.isEmpty() ? connected : alive;
        choices = Choices.of(ejection.keep(able, ready), ready, routing);
    }
}
