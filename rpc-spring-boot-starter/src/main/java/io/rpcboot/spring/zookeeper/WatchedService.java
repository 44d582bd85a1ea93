package io.rpcboot.spring.zookeeper;

import io.rpcboot.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One service that is referenced: which applications offer it by the index, which of their endpoints really do, and who wants to know. Lives
 * on the resolver's thread.
 */
final class WatchedService {

    private static final Logger log = LoggerFactory.getLogger(WatchedService.class);
    private static final Duration BETWEEN_PUSHES = Duration.ofMillis(500);

    private final String name;
    private final ZookeeperContact contact;
    private final WatchedApplications registry;
    private final SavedLists saved;
    private final SavedListText savedForm;
    private final DaemonThread thread;
    private final Optional<String> fixedApplication;
    private final WatchedChildren index;
    private final HoldBack holdBack;
    private final Throttle pushes;
    private final Runnable onChange = this::refresh;
    private final Map<String, WatchedApplication> applications = new HashMap<>();
    private final Set<EndpointListener> listeners = new LinkedHashSet<>();
    private final long startedNanos = System.nanoTime();
    private List<Endpoint> believed = List.of();
    private @Nullable List<Endpoint> pushed;
    private boolean connected;
    private boolean releaseScheduled;
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
        this.contact = contact;
        this.registry = registry;
        this.saved = saved;
        this.savedForm = new SavedListText(
                name, registry + fixedApplication.map(one -> ", " + one).orElse(""));
        this.thread = thread;
        this.fixedApplication = fixedApplication;
        this.index = registry.index(name, onChange);
        this.holdBack = new HoldBack(hold, System::nanoTime);
        this.pushes = new Throttle(thread, BETWEEN_PUSHES, this::push);
    }

    /** Begins to watch. */
    void start() {
        connected = contact.isConnected();
        awaitFirstList();
        if (fixedApplication.isPresent()) {
            joinOnly(Set.of(fixedApplication.get()));
            refresh();
        } else {
            index.start();
        }
    }

    void close() {
        closed = true;
        index.close();
        joinOnly(Set.of());
    }

    void add(EndpointListener listener) {
        listeners.add(listener);
        if (pushed != null) {
            listener.accept(pushed);
        }
    }

    /** Whether nobody listens any more. */
    boolean remove(EndpointListener listener) {
        listeners.remove(listener);
        return listeners.isEmpty();
    }

    /** A connection to ZooKeeper was made, was lost, or could not be made. */
    void contactChanged() {
        boolean now = contact.isConnected();
        if (now && !connected) {
            holdBack.restart();
        }
        connected = now;
        tellIfHopeless();
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
        believed = holdBack.update(offering, byAddress.keySet());
        if (!releaseScheduled) {
            holdBack.nanosToNextChange().ifPresent(this::scheduleRelease);
        }
        pushes.request();
    }

    private void scheduleRelease(long nanos) {
        releaseScheduled = true;
        thread.queue(this::releaseHeld, nanos);
    }

    private void releaseHeld() {
        releaseScheduled = false;
        if (contact.isConnected()) {
            refresh();
        }
    }

    private void push() {
        if (!closed && !believed.equals(pushed)) {
            tell(believed);
            saved.save(savedForm, believed);
        }
    }

    /** Looks again whenever patience may have come to its end: a connection that is made meanwhile gives it a new one. */
    private void awaitFirstList() {
        tellIfHopeless();
        if (!closed && pushed == null) {
            thread.queue(this::awaitFirstList, contact.patienceLeft(startedNanos));
        }
    }

    private void tellIfHopeless() {
        if (!closed && pushed == null && contact.patienceLeft(startedNanos) <= 0) {
            saved.read(savedForm).ifPresent(this::believe);
            tell(believed);
        }
    }

    /** Until the registry says more; what it then does not show is doubted as if it had been lost at that moment. */
    private void believe(SavedList list) {
        log.warn(
                "Using {} saved endpoints of {}, a list of {}, {} ago: ZooKeeper gives none",
                list.endpoints().size(),
                name,
                list.savedAt(),
                list.age());
        believed = holdBack.update(list.endpoints(), Set.of());
    }

    private void tell(List<Endpoint> endpoints) {
        pushed = endpoints;
        Set.copyOf(listeners).forEach(listener -> listener.accept(endpoints));
    }
}
