package io.rpcboot.client;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The endpoints that can take calls, by the tag that a call asks for. One with a tag is used for that tag alone; a tag that no endpoint has is
 * served by those without one. One that has endpoints is served by nobody else, even while none of them can take calls. Immutable.
 */
final class Choices {

    static final Choices NONE = new Choices(List.of(), Map.of());

    private final List<ServiceLink> untagged;
    private final Map<String, List<ServiceLink>> tagged;

    private Choices(List<ServiceLink> untagged, Map<String, List<ServiceLink>> tagged) {
        this.untagged = untagged;
        this.tagged = tagged;
    }

    /**
     * Sorts by tag, and by zone within each.
     *
     * @param usable endpoints that can take calls
     * @param ready all that say they are ready, connected or not
     */
    static Choices of(List<ServiceLink> usable, List<ServiceLink> ready, Routing routing) {
        Map<String, List<ServiceLink>> tagged = new HashMap<>();
        ready.stream()
                .map(ServiceLink::tag)
                .distinct()
                .forEach(tag -> tagged.put(tag, routing.prefer(with(tag, usable), with(tag, ready))));
        List<ServiceLink> untagged = tagged.remove("");
        return new Choices(untagged == null ? List.of() : untagged, tagged);
    }

    private static List<ServiceLink> with(String tag, List<ServiceLink> links) {
        return links.stream().filter(link -> link.tag().equals(tag)).toList();
    }

    /** Those for a call with this tag; empty for a call without one. */
    List<ServiceLink> of(String tag) {
        return tag.isEmpty() ? untagged : tagged.getOrDefault(tag, untagged);
    }

    /** The tag of the endpoints that serve this one. */
    String serving(String tag) {
        return tagged.containsKey(tag) ? tag : "";
    }

    boolean hasTags() {
        return !tagged.isEmpty();
    }
}
