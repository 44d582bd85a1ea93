package io.rpcboot.naming;

import io.rpcboot.Endpoint;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Addresses that are given, not found: a list per service, or one list for all. Immutable. */
public final class FixedEndpoints implements EndpointResolver {

    private final Map<String, List<Endpoint>> endpoints;
    private final List<Endpoint> others;

    private FixedEndpoints(Map<String, List<Endpoint>> endpoints, List<Endpoint> others) {
        this.endpoints = Map.copyOf(endpoints);
        this.others = List.copyOf(others);
    }

    /** Every service runs at each of these endpoints. */
    public static FixedEndpoints of(Endpoint... endpoints) {
        return new FixedEndpoints(Map.of(), List.of(endpoints));
    }

    /** Each service runs at the endpoints under its full name; services without an entry run nowhere. */
    public static FixedEndpoints of(Map<String, List<Endpoint>> endpoints) {
        return new FixedEndpoints(endpoints, List.of());
    }

    @Override
    public Watch watch(String service, Consumer<List<Endpoint>> onChange) {
        onChange.accept(List.copyOf(endpoints.getOrDefault(service, others)));
        return () -> {};
    }

    @Override
    public String toString() {
        return "FixedEndpoints" + (endpoints.isEmpty() ? others : endpoints);
    }
}
