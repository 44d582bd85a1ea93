package io.rpcboot.spring.zookeeper;

import io.rpcboot.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One service that is referenced: which applications offer it by the index, which of their endpoints really do, and who wants to know. Lives
 * on the resolver's thread.
 */
final class WatchedService {

    private final String name;
    private final WatchedApplications registry;
    private final Optional<String> fixedApplication;
    private final WatchedChildren index;
    private final BelievedEndpoints believed;
    private final Runnable onChange = this::refresh;
    private final Map<String, WatchedApplication> applications = new HashMap<>();
    private boolean closed;

    WatchedService(
            String name,
            ZookeeperContact contact,
            WatchedApplications registry,
            SavedLists saved,
            Optional<String> fixedApplication,
            Duration hold,
            DaemonThread thread) {
        this.name = name;
        this.registry = registry;
        this.fixedApplication = fixedApplication;
        this.index = registry.index(name, onChange);
        SavedListText savedForm = new SavedListText(
                name, registry + fixedApplication.map(one -> ", " + one).orElse(""));
        this.believed = new BelievedEndpoints(contact, saved, savedForm, hold, thread, onChange);
    }

    /** Begins to watch. */
    void start() {
        believed.start();
        if (fixedApplication.isPresent()) {
            joinOnly(Set.of(fixedApplication.get()));
            refresh();
        } else {
            index.start();
        }
    }

    void close() {
        closed = true;
        believed.close();
        index.close();
        joinOnly(Set.of());
    }

    void add(EndpointListener listener) {
        believed.add(listener);
    }

    /** Whether nobody listens any more. */
    boolean remove(EndpointListener listener) {
        return believed.remove(listener);
    }

    /** A connection to ZooKeeper was made, was lost, or could not be made. */
    void contactChanged() {
        believed.contactChanged();
    }

    void readAgainIfStale() {
        if (fixedApplication.isEmpty()) {
            index.readAgainIfStale();
        }
    }

    private void refresh() {
        if (closed) {
            return;
        }
        if (fixedApplication.isEmpty()) {
            if (!index.isKnown()) {
                return;
            }
            joinOnly(index.children().keySet());
        }
        if (applications.values().stream().allMatch(WatchedApplication::isKnown)) {
            believe();
        }
    }

    private void joinOnly(Set<String> wanted) {
        for (String application : Set.copyOf(applications.keySet())) {
            if (!wanted.contains(application)) {
                applications.remove(application);
                registry.leave(application, onChange);
            }
        }
        for (String application : wanted) {
            if (!applications.containsKey(application)) {
                applications.put(application, registry.join(application, onChange));
            }
        }
    }

    private void believe() {
        List<EndpointNode> nodes = new ArrayList<>();
        applications.values().forEach(application -> application.collectInto(nodes));
        Map<String, EndpointNode> byAddress = WatchedApplication.youngestByAddress(nodes);
        List<Endpoint> offering = byAddress.values().stream()
                .filter(node -> node.offers(name))
                .map(EndpointNode::endpoint)
                .toList();
        believed.update(offering, byAddress.keySet());
    }
}
