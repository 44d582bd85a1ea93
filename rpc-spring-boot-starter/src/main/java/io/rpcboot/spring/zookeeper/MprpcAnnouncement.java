package io.rpcboot.spring.zookeeper;

import static java.util.stream.Collectors.joining;

import io.rpcboot.Endpoint;
import io.rpcboot.EndpointStatus;
import io.rpcboot.naming.EndpointAnnouncer.Announcement;
import io.rpcboot.naming.EndpointAnnouncer.Standing;
import io.rpcboot.naming.EndpointAnnouncer.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.KeeperException.ConnectionLossException;
import org.apache.zookeeper.KeeperException.SessionExpiredException;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One offer and the nodes of its methods: compares what is wanted with what is there, and mends the difference. mprpc nodes say no status, so
 * they are there while the endpoint is ready and at no other time. The public methods are safe for use by many threads; the rest runs on the
 * announcer's thread, which alone talks to ZooKeeper.
 */
final class MprpcAnnouncement implements Announcement {

    /** Events of our own nodes are answered this late, all that came until then at once. */
    private static final long REPAIR_DELAY_NANOS = Duration.ofMillis(100).toNanos();

    private static final Logger log = LoggerFactory.getLogger(MprpcAnnouncement.class);

    private final CuratorFramework curator;
    private final String address;
    private final DaemonThread thread;
    private final BlockingWork work;
    private final LoggedState standing;
    private final Set<String> paths;
    private final Map<String, MprpcMethodNode> nodes = new LinkedHashMap<>();
    private EndpointStatus status;
    private boolean repairQueued;
    private volatile boolean withdrawn;
    private volatile boolean over;

    MprpcAnnouncement(
            CuratorFramework curator,
            OwnSessions sessions,
            List<MprpcMethod> methods,
            Endpoint numeric,
            DaemonThread thread,
            BlockingWork work) {
        this.curator = curator;
        this.address = numeric.address();
        this.thread = thread;
        this.work = work;
        this.status = numeric.attributes().status();
        methods.forEach(method ->
                nodes.put(method.path(), new MprpcMethodNode(curator, sessions, method, numeric, this::nodeChanged)));
        this.paths = Set.copyOf(nodes.keySet());
        this.standing = new LoggedState(
                MprpcAnnouncement.class, toString(), new State(Standing.PENDING, "not announced to mprpc peers yet"));
    }

    /** Of the connection the announcer hears for all offers, and takes its time then. */
    private void nodeChanged(WatchedEvent event) {
        if (event.getType() != EventType.None) {
            thread.queue(this::queueRepair);
        }
    }

    private void queueRepair() {
        if (!repairQueued) {
            repairQueued = true;
            thread.queue(this::repair, REPAIR_DELAY_NANOS);
        }
    }

    private void repair() {
        repairQueued = false;
        reconcile();
    }

    @Override
    public void status(EndpointStatus changed) {
        thread.queue(() -> {
            status = changed;
            reconcile();
        });
    }

    @Override
    public State state() {
        return standing.state();
    }

    @Override
    public void withdraw(Duration atMost) {
        withdrawn = true;
        if (thread.isShutdown()) {
            return;
        }
        Withdrawal withdrawal = new Withdrawal(this);
        thread.queue(() -> {
            reconcile();
            withdrawal.done();
        });
        withdrawal.await(atMost);
    }

    /** The nodes that are announced; may be asked by any thread. */
    Set<String> paths() {
        return paths;
    }

    boolean isWithdrawn() {
        return withdrawn;
    }

    /** Whether nothing is left to be done. */
    boolean isOver() {
        return over;
    }

    /** Leaves these nodes to whoever announces them next. */
    void abandon(Set<String> others) {
        nodes.keySet().removeAll(others);
    }

    /** One look at the registry, and the repair of what is not as wanted. Never throws. */
    void reconcile() {
        if (over) {
            return;
        }
        if (!curator.getZookeeperClient().isConnected()) {
            standAway();
            return;
        }
        try {
            work.run(withdrawn || status != EndpointStatus.READY ? this::delete : this::put);
        } catch (InterruptedException | ConnectionLossException | SessionExpiredException e) {
            log.debug("The connection was lost while {} was looked at", this, e);
            standAway();
        } catch (Exception e) {
            standing.failed(e, "not announced to mprpc peers: ");
        }
    }

    private void delete() throws Exception {
        for (MprpcMethodNode node : nodes.values()) {
            node.delete();
        }
        if (withdrawn) {
            over = true;
            stand(Standing.WITHDRAWN, "withdrawn from mprpc peers");
        } else {
            stand(Standing.ANNOUNCED, "hidden from mprpc peers while " + status);
        }
    }

    private void put() throws Exception {
        Map<MprpcObstacle, List<String>> obstacles = new LinkedHashMap<>();
        Exception failure = null;
        for (MprpcMethodNode node : nodes.values()) {
            try {
                node.put()
                        .ifPresent(obstacle -> obstacles
                                .computeIfAbsent(obstacle, first -> new ArrayList<>())
                                .add(node.toString()));
            } catch (InterruptedException | ConnectionLossException | SessionExpiredException e) {
                throw e;
            } catch (Exception e) {
                // Its own trouble: the other methods are announced nevertheless.
                failure = e;
            }
        }
        if (!obstacles.isEmpty()) {
            standAside(obstacles);
        } else if (failure != null) {
            throw failure;
        } else {
            stand(Standing.ANNOUNCED, "announced to mprpc peers at " + address);
        }
    }

    private void standAside(Map<MprpcObstacle, List<String>> obstacles) {
        String detail = obstacles.entrySet().stream()
                .map(one -> String.join(", ", one.getValue()) + ": " + one.getKey())
                .collect(joining(
                        "; ", "not announced to mprpc peers at " + address + ", until its place is free, ", ""));
        boolean passing = obstacles.keySet().stream().allMatch(MprpcObstacle::passing);
        standing.stand(Level.WARN, detail, passing ? Standing.STANDBY : Standing.CONFLICT, detail);
    }

    /** Nothing can be done before there is a connection again. */
    void connectionLost() {
        if (!over) {
            standAway();
        }
    }

    private void standAway() {
        if (!thread.isShutdown()) {
            stand(
                    Standing.PENDING,
                    "ZooKeeper cannot be reached; the announcement to mprpc peers goes on when it is back");
        }
    }

    private void stand(Standing where, String detail) {
        standing.stand(Level.INFO, detail, where, detail);
    }

    @Override
    public String toString() {
        return "mprpc nodes of " + address;
    }
}
