package io.rpcboot.client;

import io.rpcboot.Endpoint;
import io.rpcboot.RpcCall;
import java.util.List;

/**
 * Which endpoints of a service this client may use, and which of them it prefers. Immutable.
 *
 * @param version the endpoint's version must be this one; empty for any
 * @param group the endpoint's group must be this one; empty for any
 * @param zone where this client runs; endpoints of the same zone are preferred; empty for no preference
 * @param tag of the endpoints to use, where a call says nothing; empty for those without a tag
 */
record Routing(String version, String group, String zone, String tag) {

    /** The tag of the endpoints that the call is for. */
    String tag(RpcCall call) {
        String own = call.tag();
        return own == null ? tag : own;
    }

    boolean accepts(Endpoint endpoint) {
        return (version.isEmpty() || version.equals(endpoint.attributes().version()))
                && (group.isEmpty() || group.equals(endpoint.attributes().group()));
    }

    /**
     * Those of the own zone, unless more than half of its ready endpoints cannot take calls: the rest would have to do the work of all.
     *
     * @param usable endpoints that can take calls
     * @param ready all that say they are ready, connected or not
     */
    List<ServiceLink> prefer(List<ServiceLink> usable, List<ServiceLink> ready) {
        if (zone.isEmpty()) {
            return usable;
        }
        List<ServiceLink> near = usable.stream().filter(this::isNear).toList();
        long nearReady = ready.stream().filter(this::isNear).count();
        return near.isEmpty() || near.size() * 2L < nearReady ? usable : near;
    }

    private boolean isNear(ServiceLink link) {
        return zone.equals(link.endpoint().attributes().zone());
    }

    /** For messages: {@code " of version '2' and group 'blue'"}; empty if any endpoint will do. */
    String description() {
        if (version.isEmpty()) {
            return group.isEmpty() ? "" : " of group '" + group + '\'';
        }
        return " of version '" + version + '\'' + (group.isEmpty() ? "" : " and group '" + group + '\'');
    }
}
