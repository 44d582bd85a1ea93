package io.rpcboot.spring.zookeeper;

import io.rpcboot.Endpoint;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The endpoints of one service that are believed, and those who want to know: takes in what the registry shows, doubts sudden losses, and tells
 * a saved or an empty list where the registry gives none in time. Lives on the resolver's thread.
 */
final class BelievedEndpoints {

    private static final Logger log = LoggerFactory.getLogger(BelievedEndpoints.class);
    private static final Duration BETWEEN_PUSHES = Duration.ofMillis(500);

    private final ZookeeperContact contact;
    private final SavedLists saved;
    private final SavedListText savedForm;
    private final DaemonThread thread;
    private final Runnable lookAgain;
    private final HoldBack holdBack;
    private final Throttle pushes;
    private final Set<EndpointListener> listeners = new LinkedHashSet<>();
    private final long startedNanos = System.nanoTime();
    private List<Endpoint> believed = List.of();
    private @Nullable List<Endpoint> pushed;
    private boolean connected;
    private boolean releaseScheduled;
    private boolean closed;

    /**
     * Believes nothing yet.
     *
     * @param lookAgain takes in once more what the registry shows; run when doubt has come to its end
     */
    BelievedEndpoints(
            ZookeeperContact contact,
            SavedLists saved,
            SavedListText savedForm,
            Duration hold,
            DaemonThread thread,
            Runnable lookAgain) {
        this.contact = contact;
        this.saved = saved;
        this.savedForm = savedForm;
        this.thread = thread;
        this.lookAgain = lookAgain;
        this.holdBack = new HoldBack(hold, System::nanoTime);
        this.pushes = new Throttle(thread, BETWEEN_PUSHES, this::push);
    }

    /** From now on the first list is waited for. */
    void start() {
        connected = contact.isConnected();
        awaitFirstList();
    }

    void close() {
        closed = true;
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

    /**
     * Takes in what the registry shows now, all of it.
     *
     * @param offering the endpoints that offer the service, each address once
     * @param stated the addresses that the registry shows at all
     */
    void update(Collection<Endpoint> offering, Set<String> stated) {
        believed = holdBack.update(offering, stated);
        if (!releaseScheduled) {
            holdBack.nanosToNextChange().ifPresent(this::scheduleRelease);
        }
        pushes.request();
    }

    /** Whom to call, as far as is known; unmodifiable. */
    List<Endpoint> list() {
        return believed;
    }

    private void scheduleRelease(long nanos) {
        releaseScheduled = true;
        thread.queue(this::releaseHeld, nanos);
    }

    private void releaseHeld() {
        releaseScheduled = false;
        if (contact.isConnected()) {
            lookAgain.run();
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
                savedForm.service(),
                list.savedAt(),
                list.age());
        believed = holdBack.update(list.endpoints(), Set.of());
    }

    private void tell(List<Endpoint> endpoints) {
        pushed = endpoints;
        Set.copyOf(listeners).forEach(listener -> listener.accept(endpoints));
    }
}
