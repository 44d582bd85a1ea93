package io.rpcboot.spring.zookeeper;

import io.rpcboot.EndpointStatus;
import io.rpcboot.naming.EndpointAnnouncer.Announcement;
import io.rpcboot.naming.EndpointAnnouncer.Standing;
import io.rpcboot.naming.EndpointAnnouncer.State;
import io.rpcboot.naming.Offer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.KeeperException.ConnectionLossException;
import org.apache.zookeeper.KeeperException.SessionExpiredException;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One offer and its node: compares what is wanted with what is there, and mends the difference. The public methods are safe for use by many
 * threads; the rest runs on the announcer's thread, which alone talks to ZooKeeper.
 */
final class AnnouncedEndpoint implements Announcement {

    /**
     * How long the node says DRAINING before it goes. Watchers are told that a node changed, not how; one that disappears sooner than they
     * can read it looks like a crash, and crashes are doubted for a while.
     */
    private static final Duration DRAIN_NOTICE = Duration.ofMillis(500);

    /** Events of our own node are answered this late, so that a tool that keeps overwriting it cannot keep us busy. */
    private static final long REPAIR_DELAY_NANOS = Duration.ofMillis(100).toNanos();

    private static final Logger log = LoggerFactory.getLogger(AnnouncedEndpoint.class);

    private enum Wish {
        PRESENT,
        GONE,
        /** Nothing to do any more. */
        NONE
    }

    private final CuratorFramework curator;
    private final Offer offer;
    private final DaemonThread thread;
    private final BlockingWork work;
    private final OwnNode node;
    private final OfferIndex index;
    private final Instant announcedAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private Wish wish = Wish.PRESENT;
    private EndpointStatus status;
    private String standing = "";
    private volatile boolean withdrawn;
    private volatile State state = new State(Standing.PENDING, "not announced yet");

    AnnouncedEndpoint(
            CuratorFramework curator, RegistryPaths paths, Offer offer, DaemonThread thread, BlockingWork work) {
        this.curator = curator;
        this.offer = offer;
        this.thread = thread;
        this.work = work;
        this.status = offer.endpoint().attributes().status();
        EndpointNode wanted = EndpointNode.of(offer, status);
        this.node = new OwnNode(curator, paths, wanted, this::changed);
        this.index = new OfferIndex(curator, paths, offer);
        checkReadable();
    }

    /** Of the connection the announcer hears for all endpoints, and takes its time then. */
    private void changed(WatchedEvent event) {
        if (event.getType() != EventType.None) {
            thread.queue(this::reconcile, REPAIR_DELAY_NANOS);
        }
    }

    /** What resolvers would leave out is not announced in the first place. */
    private void checkReadable() {
        EndpointNode longest = EndpointNode.of(offer, EndpointStatus.NOT_READY);
        byte[] content = EndpointNodeWriter.write(longest, announcedAt);
        try {
            EndpointNodeReader.read(
                    offer.endpoint().attributes().application(),
                    offer.endpoint().address(),
                    content);
        } catch (BadNodeException e) {
            throw new IllegalArgumentException(
                    "the offer of " + offer.endpoint() + " cannot be announced: " + e.getMessage(), e);
        }
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
        return state;
    }

    @Override
    public void withdraw(Duration atMost) {
        withdrawn = true;
        if (thread.isShutdown()) {
            return;
        }
        CompletableFuture<Void> gone = new CompletableFuture<>();
        thread.queue(() -> drainThenDelete(atMost, gone));
        try {
            gone.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            log.info("{} is not withdrawn after {}; it goes with the session", node, atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            log.warn("{} could not be withdrawn; it goes with the session", node, e.getCause());
        }
    }

    boolean isWithdrawn() {
        return withdrawn;
    }

    /** Leaves the node to whoever announces it next. */
    void abandon() {
        wish = Wish.NONE;
    }

    private void drainThenDelete(Duration atMost, CompletableFuture<Void> gone) {
        boolean needsNotice = status != EndpointStatus.DRAINING;
        status = EndpointStatus.DRAINING;
        reconcile();
        Duration half = atMost.dividedBy(2);
        Duration notice = half.compareTo(DRAIN_NOTICE) < 0 ? half : DRAIN_NOTICE;
        boolean shown = state.announced();
        thread.queue(
                () -> {
                    if (wish == Wish.PRESENT) {
                        wish = Wish.GONE;
                    }
                    reconcile();
                    gone.complete(null);
                },
                needsNotice && shown ? notice.toNanos() : 0);
    }

    /** One look at the registry, and the repair of what is not as wanted. Never throws. */
    void reconcile() {
        if (wish == Wish.NONE) {
            return;
        }
        if (!curator.getZookeeperClient().isConnected()) {
            standAway();
            return;
        }
        try {
            work.run(wish == Wish.GONE ? this::delete : this::announce);
        } catch (InterruptedException | ConnectionLossException | SessionExpiredException e) {
            log.debug("The connection was lost while {} was looked at", node, e);
            standAway();
        } catch (Exception e) {
            failed(e);
        }
    }

    private void delete() throws Exception {
        node.delete();
        wish = Wish.NONE;
        stand("withdrawn", Standing.WITHDRAWN, "withdrawn");
    }

    private void announce() throws Exception {
        index.complete();
        EndpointNode wanted = EndpointNode.of(offer, status);
        Optional<EndpointNode> rival = node.put(wanted, EndpointNodeWriter.write(wanted, announcedAt));
        if (rival.isEmpty()) {
            stand("announced " + status, Standing.ANNOUNCED, "announced as " + status);
        } else {
            yieldTo(wanted, rival.get());
        }
    }

    private void yieldTo(EndpointNode own, EndpointNode rival) {
        String detail = own + " yields to the younger process " + rival
                + " that announces the same address; give one of them another rpc.server.advertised-host or"
                + " rpc.server.advertised-port";
        if (changes("conflict " + rival)) {
            log.error("{} in the registry: {}", node, detail);
        }
        state = new State(Standing.CONFLICT, detail);
    }

    private void failed(Exception failure) {
        if (changes("failed " + failure.getClass().getName())) {
            log.warn("{} cannot be kept in the registry; trying again from time to time", node, failure);
        }
        state = new State(Standing.PENDING, "not announced: " + failure);
    }

    /** Nothing can be done before there is a connection again. */
    void connectionLost() {
        if (wish != Wish.NONE) {
            standAway();
        }
    }

    private void standAway() {
        if (!thread.isShutdown()) {
            stand("away", Standing.PENDING, "ZooKeeper cannot be reached; goes on when it is back");
        }
    }

    private void stand(String now, Standing where, String detail) {
        if (changes(now)) {
            log.info("{} in the registry: {}", node, detail);
        }
        state = new State(where, detail);
    }

    /** Whether this differs from how it stood before: the same trouble is logged once, not at every attempt. */
    private boolean changes(String now) {
        boolean changed = !now.equals(standing);
        standing = now;
        return changed;
    }
}
