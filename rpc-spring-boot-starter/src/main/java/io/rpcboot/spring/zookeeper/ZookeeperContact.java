package io.rpcboot.spring.zookeeper;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.CuratorEvent;
import org.apache.curator.framework.api.CuratorEventType;
import org.apache.curator.framework.api.CuratorListener;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.Watcher.Event.KeeperState;

/**
 * Whether ZooKeeper can be reached, and for how long an answer is worth waiting for. Knows what its client tells from its creation on, so it
 * is best created with the client. Safe for use by many threads.
 */
public final class ZookeeperContact implements AutoCloseable {

    private final CuratorFramework curator;
    private final int servers;
    private final long patienceNanos;
    private final FailedAttempts attempts;
    private final CuratorListener onEvent = this::heard;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private boolean eventHeard;
    private boolean connected;
    private long sinceNanos = System.nanoTime();
    private int failedAttempts;

    /**
     * Begins to listen.
     *
     * @param curator may be without a connection for now; stays the caller's to close
     * @param patience how long a connection, and then an answer, is waited for
     */
    public ZookeeperContact(CuratorFramework curator, Duration patience) {
        this.curator = curator;
        this.servers = servers(curator.getZookeeperClient().getCurrentConnectionString());
        this.patienceNanos = patience.toNanos();
        this.attempts = new FailedAttempts(curator, this::attemptFailed);
        curator.getCuratorListenable().addListener(onEvent);
        if (!isConnected()) {
            attempts.listen();
        }
    }

    private static int servers(String connectString) {
        int path = connectString.indexOf('/');
        String hosts = path < 0 ? connectString : connectString.substring(0, path);
        return hosts.split(",", -1).length;
    }

    CuratorFramework curator() {
        return curator;
    }

    /** Whether there is a connection now; answers at once. */
    public synchronized boolean isConnected() {
        // What was before the first event that was heard is not known otherwise. Later Curator's own state may lag
        // behind the event.
        if (!eventHeard && curator.getZookeeperClient().isConnected() != connected) {
            change();
        }
        return connected;
    }

    private void change() {
        connected = !connected;
        sinceNanos = System.nanoTime();
        failedAttempts = 0;
    }

    /** How long ago there was a connection, or this object was created; zero while there is one. */
    public synchronized Duration age() {
        return isConnected() ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - sinceNanos);
    }

    /**
     * Nanoseconds for which an answer is still worth waiting for, to somebody who asked at that moment and has none yet; not above zero if it
     * is not. Without a connection that depends on how long there was none, whoever asks, and ends when every server was tried in vain.
     */
    synchronized long patienceLeft(long askedNanos) {
        long now = System.nanoTime();
        boolean there = isConnected();
        boolean askedLater = askedNanos - sinceNanos > 0;
        if (!there && failedAttempts >= servers) {
            return 0;
        }
        long from = there == askedLater ? askedNanos : sinceNanos;
        return patienceNanos - (now - from);
    }

    /** Runs the listener, on a thread of the ZooKeeper client, whenever a connection is made, is lost, or could not be made. */
    void onChange(Runnable listener) {
        listeners.add(listener);
    }

    private void heard(CuratorFramework client, CuratorEvent event) {
        if (event.getType() == CuratorEventType.WATCHED
                && event.getWatchedEvent().getType() == EventType.None) {
            KeeperState state = event.getWatchedEvent().getState();
            note(state == KeeperState.SyncConnected);
            if (state == KeeperState.Disconnected) {
                attempts.listen();
            }
            tell();
        }
    }

    private synchronized void note(boolean now) {
        eventHeard = true;
        if (now != connected) {
            change();
        }
    }

    private boolean attemptFailed() {
        boolean hope = countFailure();
        tell();
        return hope;
    }

    private synchronized boolean countFailure() {
        return ++failedAttempts < servers;
    }

    private void tell() {
        listeners.forEach(Runnable::run);
    }

    /** Ends listening; the connection stays. */
    @Override
    public void close() {
        curator.getCuratorListenable().removeListener(onEvent);
        listeners.clear();
    }
}
