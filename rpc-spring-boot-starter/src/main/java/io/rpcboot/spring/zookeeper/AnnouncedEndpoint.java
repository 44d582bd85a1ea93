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
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.KeeperException.ConnectionLossException;
import org.apache.zookeeper.KeeperException.SessionExpiredException;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

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
    private final LoggedState standing;
    private final OwnNode node;
    private final OfferIndex index;
    private final Instant announcedAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private Wish wish = Wish.PRESENT;
    private EndpointStatus status;
    private volatile boolean withdrawn;

    AnnouncedEndpoint(
            CuratorFramework curator, RegistryPaths paths, Offer offer, DaemonThread thread, BlockingWork work) {
        this.curator = curator;
        this.offer = offer;
        this.thread = thread;
        this.work = work;
        this.status = offer.endpoint().attributes().status();
        EndpointNode wanted = EndpointNode.of(offer, status);
        this.node = new OwnNode(curator, paths, wanted, this::changed);
        this.standing =
                new LoggedState(AnnouncedEndpoint.class, node, new State(Standing.PENDING, "not announced yet"));
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
        return standing.state();
    }

    @Override
    public void withdraw(Duration atMost) {
        withdrawn = true;
        if (thread.isShutdown()) {
            return;
        }
        Withdrawal withdrawal = new Withdrawal(node);
        thread.queue(() -> drainThenDelete(atMost, withdrawal));
        withdrawal.await(atMost);
    }

    boolean isWithdrawn() {
        return withdrawn;
    }

    /** Leaves the node to whoever announces it next. */
    void abandon() {
        wish = Wish.NONE;
    }

    private void drainThenDelete(Duration atMost, Withdrawal withdrawal) {
        boolean needsNotice = status != EndpointStatus.DRAINING;
        status = EndpointStatus.DRAINING;
        reconcile();
        Duration half = atMost.dividedBy(2);
        Duration notice = half.compareTo(DRAIN_NOTICE) < 0 ? half : DRAIN_NOTICE;
        boolean shown = standing.state().announced();
        thread.queue(
                () -> {
                    if (wish == Wish.PRESENT) {
                        wish = Wish.GONE;
                    }
                    reconcile();
                    withdrawal.done();
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
            standing.failed(e, "not announced: ");
        }
    }

    private void delete() throws Exception {
        node.delete();
        wish = Wish.NONE;
        standing.stand(Level.INFO, "withdrawn", Standing.WITHDRAWN, "withdrawn");
    }

    private void announce() throws Exception {
        index.complete();
        EndpointNode wanted = EndpointNode.of(offer, status);
        Optional<EndpointNode> rival = node.put(wanted, EndpointNodeWriter.write(wanted, announcedAt));
        if (rival.isEmpty()) {
            standing.stand(Level.INFO, "announced " + status, Standing.ANNOUNCED, "announced as " + status);
        } else {
            yieldTo(wanted, rival.get());
        }
    }

    private void yieldTo(EndpointNode own, EndpointNode rival) {
        String detail = own + " yields to the younger process " + rival
                + " that announces the same address; give one of them another rpc.server.advertised-host or"
                + " rpc.server.advertised-port";
        standing.stand(Level.ERROR, "conflict " + rival, Standing.CONFLICT, detail);
    }

    /** Nothing can be done before there is a connection again. */
    void connectionLost() {
        if (wish != Wish.NONE) {
            standAway();
        }
    }

    private void standAway() {
        if (!thread.isShutdown()) {
            standing.stand(
                    Level.INFO, "away", Standing.PENDING, "ZooKeeper cannot be reached; goes on when it is back");
        }
    }
}
