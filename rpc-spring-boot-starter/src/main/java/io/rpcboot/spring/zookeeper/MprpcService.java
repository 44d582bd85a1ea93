package io.rpcboot.spring.zookeeper;

import io.rpcboot.Endpoint;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.curator.framework.api.CuratorWatcher;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One service of mprpc peers that is referenced: the addresses of all its methods, and who wants to know. Every change leads to one more
 * reading of all its nodes, which are few. Lives on the resolver's thread.
 */
final class MprpcService {

    private static final Logger log = LoggerFactory.getLogger(MprpcService.class);
    private static final Duration BETWEEN_READINGS = Duration.ofMillis(100);

    private final ZookeeperContact contact;
    private final String path;
    private final DaemonThread thread;
    private final CuratorWatcher watcher;
    private final BelievedEndpoints believed;
    private final Throttle readings;
    private final LogLimit logLimit = new LogLimit();
    private @Nullable MprpcReading underWay;
    private @Nullable MprpcReading last;
    /** Who had each place last, as long as he is believed. */
    private final Map<String, Endpoint> holders = new HashMap<>();

    private Map<String, String> leftOut = Map.of();
    private boolean changedMeanwhile;
    private boolean closed;

    /**
     * Watches nothing yet.
     *
     * @param name what mprpc peers call the service
     * @param path where its methods lie
     * @param watcher hears of the changes, and says so here
     */
    MprpcService(
            String name,
            String path,
            ZookeeperContact contact,
            SavedLists saved,
            Duration hold,
            DaemonThread thread,
            CuratorWatcher watcher) {
        this.contact = contact;
        this.path = path;
        this.thread = thread;
        this.watcher = watcher;
        String registry = path + " at " + contact.curator().getZookeeperClient().getCurrentConnectionString();
        this.believed =
                new BelievedEndpoints(contact, saved, new SavedListText(name, registry), hold, thread, this::takeIn);
        this.readings = new Throttle(thread, BETWEEN_READINGS, this::read);
    }

    void start() {
        believed.start();
        if (contact.isConnected()) {
            read();
        }
    }

    void close() {
        closed = true;
        believed.close();
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

    /** There is a connection, perhaps with a new session, which knows no watches. */
    void connected() {
        read();
    }

    /** A node changed; others are none of this service's business. */
    void changed(String node) {
        if (!node.equals(path) && !node.startsWith(path + '/')) {
            return;
        }
        if (underWay == null) {
            readings.request();
        } else {
            changedMeanwhile = true;
        }
    }

    /** Reads again if the last attempt was not answered in full. */
    void readAgainIfStale() {
        boolean stale = underWay != null || last == null || !last.isComplete();
        if (stale && contact.isConnected()) {
            read();
        }
    }

    private void read() {
        if (closed) {
            return;
        }
        if (underWay != null) {
            underWay.abandon();
        }
        changedMeanwhile = false;
        MprpcReading reading = new MprpcReading(contact.curator(), path, thread, watcher, this::ended);
        underWay = reading;
        reading.start();
    }

    private void ended(MprpcReading reading) {
        if (reading != underWay) {
            return;
        }
        underWay = null;
        last = reading;
        takeIn();
        if (changedMeanwhile) {
            readings.request();
        }
    }

    private void takeIn() {
        if (closed || last == null || !last.isComplete()) {
            return;
        }
        warn(last.leftOut());
        Map<String, Endpoint> places = last.places();
        believed.update(Set.copyOf(places.values()), replaced(places));
        holders.values().retainAll(Set.copyOf(believed.list()));
    }

    /** Those whose place somebody else has now are not lost, but gone. */
    private Set<String> replaced(Map<String, Endpoint> places) {
        Set<String> replaced = new HashSet<>();
        places.forEach((place, endpoint) -> {
            Endpoint former = holders.put(place, endpoint);
            if (former != null && !former.equals(endpoint)) {
                replaced.add(former.address());
            }
        });
        return replaced;
    }

    private void warn(Map<String, String> now) {
        now.forEach((node, reason) -> {
            if (!reason.equals(leftOut.get(node)) && logLimit.allows(node)) {
                log.warn("Leaving out the mprpc node {}: {}", node, reason);
            }
        });
        leftOut = now;
    }
}
