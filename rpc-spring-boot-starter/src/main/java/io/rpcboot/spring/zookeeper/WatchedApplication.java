package io.rpcboot.spring.zookeeper;

import io.rpcboot.Endpoint;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.curator.framework.CuratorFramework;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The endpoints of one application, shared by all services that are watched there. Bad nodes are left out one by one. Lives on the resolver's
 * thread.
 */
final class WatchedApplication {

    private static final Logger log = LoggerFactory.getLogger(WatchedApplication.class);

    private final String name;
    private final WatchedChildren children;
    private final Set<Runnable> listeners = new LinkedHashSet<>();
    private final LogLimit logLimit = new LogLimit();
    private Map<String, Entry> entries = Map.of();

    WatchedApplication(CuratorFramework curator, RegistryPaths paths, String name, DaemonThread thread) {
        this.name = name;
        this.children = new WatchedChildren(curator, paths.endpoints(name), thread, this::changed);
    }

    void start() {
        children.start();
    }

    void close() {
        children.close();
    }

    void readAgainIfStale() {
        children.readAgainIfStale();
    }

    /** Runs the listener after each change from now on. */
    void add(Runnable listener) {
        listeners.add(listener);
    }

    /** Whether nobody listens any more. */
    boolean remove(Runnable listener) {
        listeners.remove(listener);
        return listeners.isEmpty();
    }

    /** Whether the endpoints were read at least once. */
    boolean isKnown() {
        return children.isKnown();
    }

    /** Adds every valid node of the application. */
    void collectInto(Collection<EndpointNode> nodes) {
        entries.values().forEach(entry -> entry.node.ifPresent(nodes::add));
    }

    private void changed() {
        Map<String, Entry> parsed = new HashMap<>();
        children.children().forEach((nodeName, content) -> parsed.put(nodeName, entry(nodeName, content)));
        entries = parsed;
        Set.copyOf(listeners).forEach(Runnable::run);
    }

    private Entry entry(String nodeName, byte[] content) {
        Entry former = entries.get(nodeName);
        return former != null && Arrays.equals(former.content, content)
                ? former
                : new Entry(content, parse(nodeName, content));
    }

    private Optional<EndpointNode> parse(String nodeName, byte[] content) {
        try {
            return Optional.of(EndpointNodeReader.read(name, nodeName, content));
        } catch (BadNodeException e) {
            if (logLimit.allows(nodeName)) {
                log.warn("Leaving out the endpoint {} of {}: {}", nodeName, name, e.getMessage());
            }
            return Optional.empty();
        }
    }

    /** A node as it was read, with its endpoint if it is a valid one. */
    private static final class Entry {
        private final byte[] content;
        private final Optional<EndpointNode> node;

        Entry(byte[] content, Optional<EndpointNode> node) {
            this.content = content;
            this.node = node;
        }
    }

    /** Which of two nodes with one address counts: the younger process. */
    static Map<String, EndpointNode> youngestByAddress(Collection<EndpointNode> nodes) {
        Map<String, EndpointNode> youngest = new HashMap<>();
        for (EndpointNode node : nodes) {
            Endpoint endpoint = node.endpoint();
            youngest.merge(
                    endpoint.address(), node, (one, two) -> EndpointNode.BY_AGE.compare(one, two) >= 0 ? one : two);
        }
        return youngest;
    }
}
