package io.rpcboot.naming;

import io.rpcboot.Endpoint;
import io.rpcboot.EndpointStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A registry inside one process, for tests and for applications that run whole in one JVM. Safe for use by many threads. */
public final class InMemoryNaming implements EndpointResolver, EndpointAnnouncer {

    private final Object lock = new Object();
    private final Map<String, Offer> offersByAddress = new LinkedHashMap<>();
    private final List<Listener> listeners = new ArrayList<>();

    @Override
    public Watch watch(String service, Consumer<List<Endpoint>> onChange) {
        Listener listener = new Listener(service, onChange);
        synchronized (lock) {
            listeners.add(listener);
            onChange.accept(endpoints(service));
        }
        return () -> {
            synchronized (lock) {
                listeners.remove(listener);
            }
        };
    }

    @Override
    public Announcement announce(Offer offer) {
        String address = offer.endpoint().address();
        put(address, offer);
        return new Announcement() {
            @Override
            public void status(EndpointStatus status) {
                Endpoint endpoint = offer.endpoint();
                Endpoint changed = new Endpoint(
                        endpoint.host(), endpoint.port(), endpoint.attributes().withStatus(status));
                synchronized (lock) {
                    if (offersByAddress.containsKey(address)) {
                        put(address, new Offer(changed, offer.services()));
                    }
                }
            }

            @Override
            public State state() {
                synchronized (lock) {
                    return offersByAddress.containsKey(address)
                            ? new State(Standing.ANNOUNCED, "announced in memory")
                            : new State(Standing.WITHDRAWN, "withdrawn");
                }
            }

            @Override
            public void withdraw(Duration atMost) {
                synchronized (lock) {
                    offersByAddress.remove(address);
                    tellListeners();
                }
            }
        };
    }

    private void put(String address, Offer offer) {
        synchronized (lock) {
            offersByAddress.put(address, offer);
            tellListeners();
        }
    }

    private void tellListeners() {
        listeners.forEach(listener -> listener.onChange.accept(endpoints(listener.service)));
    }

    private List<Endpoint> endpoints(String service) {
        return offersByAddress.values().stream()
                .filter(offer ->
                        offer.services().stream().anyMatch(one -> one.name().equals(service)))
                .map(Offer::endpoint)
                .toList();
    }

    private record Listener(String service, Consumer<List<Endpoint>> onChange) {}
}
