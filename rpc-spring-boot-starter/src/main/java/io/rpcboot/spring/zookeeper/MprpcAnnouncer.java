package io.rpcboot.spring.zookeeper;

import io.rpcboot.Endpoint;
import io.rpcboot.naming.EndpointAnnouncer;
import io.rpcboot.naming.Offer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.framework.state.ConnectionStateListener;

/**
 * Announces endpoints to mprpc peers: one ephemeral node per method at the root of ZooKeeper, which holds the address. Each method has a single
 * place; one that another living provider holds is left to it and taken when it is free. Keeps the nodes true as {@link ZookeeperAnnouncer}
 * does. Safe for use by many threads; all work on the network happens on one thread of its own.
 */
public final class MprpcAnnouncer implements EndpointAnnouncer, AutoCloseable {

    private final CuratorFramework curator;
    private final Duration reconnectSpread;
    private final OwnSessions sessions;
    private final DaemonThread thread = new DaemonThread("rpc-mprpc-announcer");
    private final BlockingWork work = new BlockingWork();
    private final ConnectionStateListener onConnection = this::connectionChanged;
    private final List<MprpcAnnouncement> announced = new ArrayList<>();

    /**
     * Begins to compare, once something is announced.
     *
     * @param curator may be without a connection for now; stays the caller's to close
     * @param interval time between two comparisons
     * @param reconnectSpread a comparison after a reconnect waits a random time up to this, so that not all applications write at once
     */
    public MprpcAnnouncer(CuratorFramework curator, Duration interval, Duration reconnectSpread) {
        this.curator = curator;
        this.reconnectSpread = reconnectSpread;
        this.sessions = new OwnSessions(curator);
        thread.repeat(this::reconcileAll, interval.toNanos());
        curator.getConnectionStateListenable().addListener(onConnection);
    }

    /**
     * {@inheritDoc} A host name is looked up first, as mprpc peers take IPv4 addresses only.
     *
     * @throws IllegalArgumentException also if the host has no IPv4 address or cannot be reached from elsewhere, if two services have one name
     * for mprpc peers, or if a method is announced already
     */
    @Override
    public Announcement announce(Offer offer) {
        Endpoint numeric = MprpcAddress.numeric(offer.endpoint());
        AdvertisedAddress.check(numeric, curator.getZookeeperClient().getCurrentConnectionString());
        MprpcAnnouncement announcement =
                new MprpcAnnouncement(curator, sessions, MprpcMethod.of(offer), numeric, thread, work);
        register(announcement);
        thread.queue(announcement::reconcile);
        return announcement;
    }

    private void register(MprpcAnnouncement announcement) {
        Set<String> paths = announcement.paths();
        synchronized (announced) {
            announced.removeIf(MprpcAnnouncement::isOver);
            for (MprpcAnnouncement former : announced) {
                Set<String> both = new HashSet<>(former.paths());
                both.retainAll(paths);
                if (both.isEmpty()) {
                    continue;
                }
                if (!former.isWithdrawn()) {
                    throw new IllegalArgumentException(
                            both + ": announced already (expected: one offer per service and method)");
                }
                thread.queue(() -> former.abandon(both));
            }
            announced.add(announcement);
        }
    }

    private void connectionChanged(CuratorFramework client, ConnectionState changed) {
        if (changed.isConnected()) {
            boolean again = changed == ConnectionState.RECONNECTED;
            long spread = again ? ThreadLocalRandom.current().nextLong(reconnectSpread.toNanos() + 1) : 0;
            thread.queue(this::reconcileAll, spread);
        } else {
            work.breakOff();
            // Not to be compared: a new session may be there already, and would be used without the spread.
            thread.queue(() -> queueForAll(MprpcAnnouncement::connectionLost));
        }
    }

    private void reconcileAll() {
        queueForAll(MprpcAnnouncement::reconcile);
    }

    private void queueForAll(Consumer<MprpcAnnouncement> task) {
        synchronized (announced) {
            announced.forEach(announcement -> thread.queue(() -> task.accept(announcement)));
        }
    }

    /** Ends the comparisons, without a word to ZooKeeper: what was not withdrawn before goes with the session. */
    @Override
    public void close() {
        curator.getConnectionStateListenable().removeListener(onConnection);
        thread.shutdownNow();
    }
}
