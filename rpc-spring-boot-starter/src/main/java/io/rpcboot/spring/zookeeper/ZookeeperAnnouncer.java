package io.rpcboot.spring.zookeeper;

import io.rpcboot.naming.EndpointAnnouncer;
import io.rpcboot.naming.Offer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.framework.state.ConnectionStateListener;

/**
 * Announces endpoints as ephemeral nodes and keeps them true: at once, when the node changes, after every reconnect, and at regular intervals
 * it compares what is wanted with what is there. An outage of ZooKeeper fails nothing. Safe for use by many threads; all work on the network
 * happens on one thread of its own.
 */
public final class ZookeeperAnnouncer implements EndpointAnnouncer, AutoCloseable {

    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(10);
    /** So that a node that went with its session is back within 2 s. */
    private static final Duration DEFAULT_RECONNECT_SPREAD = Duration.ofMillis(1_900);

    private final CuratorFramework curator;
    private final RegistryPaths paths;
    private final Duration reconnectSpread;
    private final DaemonThread thread = new DaemonThread("rpc-zookeeper-announcer");
    private final BlockingWork work = new BlockingWork();
    private final ConnectionStateListener onConnection = this::connectionChanged;
    private final Map<String, AnnouncedEndpoint> announced = new HashMap<>();

    /**
     * Compares every 10 s, and within 2 s of a reconnect.
     *
     * @param curator may be without a connection for now; stays the caller's to close
     * @param root path in ZooKeeper that holds everything, {@code /rpc} for instance
     */
    public ZookeeperAnnouncer(CuratorFramework curator, String root) {
        this(curator, root, DEFAULT_INTERVAL, DEFAULT_RECONNECT_SPREAD);
    }

    /**
     * As above, with other times.
     *
     * @param interval time between two comparisons
     * @param reconnectSpread a comparison after a reconnect waits a random time up to this, so that not all applications write at once
     */
    public ZookeeperAnnouncer(CuratorFramework curator, String root, Duration interval, Duration reconnectSpread) {
        this.curator = curator;
        this.paths = new RegistryPaths(root);
        this.reconnectSpread = reconnectSpread;
        thread.repeat(this::reconcileAll, interval.toNanos());
        curator.getConnectionStateListenable().addListener(onConnection);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException also if the address cannot be reached from elsewhere, is announced already, or the offer is too large
     */
    @Override
    public Announcement announce(Offer offer) {
        AdvertisedAddress.check(offer.endpoint(), curator.getZookeeperClient().getCurrentConnectionString());
        AnnouncedEndpoint endpoint = new AnnouncedEndpoint(curator, paths, offer, thread, work);
        register(offer, endpoint);
        thread.queue(endpoint::reconcile);
        return endpoint;
    }

    private void register(Offer offer, AnnouncedEndpoint endpoint) {
        String path = paths.endpoint(
                offer.endpoint().attributes().application(), offer.endpoint().address());
        synchronized (announced) {
            AnnouncedEndpoint former = announced.get(path);
            if (former != null && !former.isWithdrawn()) {
                throw new IllegalArgumentException(path + " is announced already (expected: one offer per address)");
            }
            if (former != null) {
                thread.queue(former::abandon);
            }
            announced.put(path, endpoint);
        }
    }

    /** Whether there is a connection to ZooKeeper now; answers at once. */
    public boolean connected() {
        return curator.getZookeeperClient().isConnected();
    }

    private void connectionChanged(CuratorFramework client, ConnectionState changed) {
        if (changed.isConnected()) {
            boolean again = changed == ConnectionState.RECONNECTED;
            long spread = again ? ThreadLocalRandom.current().nextLong(reconnectSpread.toNanos() + 1) : 0;
            thread.queue(this::reconcileAll, spread);
        } else {
            work.breakOff();
            // Not to be compared: a new session may be there already, and would be used without the spread.
            thread.queue(() -> queueForAll(AnnouncedEndpoint::connectionLost));
        }
    }

    private void reconcileAll() {
        queueForAll(AnnouncedEndpoint::reconcile);
    }

    private void queueForAll(Consumer<AnnouncedEndpoint> task) {
        synchronized (announced) {
            announced.values().forEach(endpoint -> thread.queue(() -> task.accept(endpoint)));
        }
    }

    /** Ends the comparisons, without a word to ZooKeeper: what was not withdrawn before goes with the session. */
    @Override
    public void close() {
        curator.getConnectionStateListenable().removeListener(onConnection);
        thread.shutdownNow();
    }
}
