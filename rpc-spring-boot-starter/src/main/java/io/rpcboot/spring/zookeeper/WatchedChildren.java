package io.rpcboot.spring.zookeeper;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.CuratorEvent;
import org.apache.curator.framework.recipes.watch.PersistentWatcher;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.data.Stat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the children of one path with their content. A path that does not exist has no children, and is watched for its coming. While
 * ZooKeeper is away the last children stay; afterwards all are read again before any change is told, so that no half list is ever seen.
 *
 * <p>Lives on the given thread: Curator's event thread only queues there. Nothing here waits for the network.
 */
final class WatchedChildren {

    private static final Logger log = LoggerFactory.getLogger(WatchedChildren.class);

    /** Well below the time for which a stopping provider says DRAINING before its node goes, so that nobody misses it. */
    private static final Duration BETWEEN_TELLINGS = Duration.ofMillis(100);

    private static final byte[] NOTHING = {};
    /** Stands for content that is not worth reading. */
    private static final byte[] TOO_LARGE = new byte[EndpointNode.MAX_BYTES + 1];

    private final CuratorFramework curator;
    private final String path;
    private final DaemonThread thread;
    private final Runnable onChange;
    private final PersistentWatcher watcher;
    private final LogLimit logLimit = new LogLimit();
    private final Throttle telling;
    private final Map<String, byte[]> children = new HashMap<>();
    private final Set<String> unread = new HashSet<>();
    private Map<String, byte[]> told = Map.of();
    private int reading;
    private boolean current;
    private boolean complete;
    private boolean closed;

    WatchedChildren(CuratorFramework curator, String path, DaemonThread thread, Runnable onChange) {
        this.curator = curator;
        this.path = path;
        this.thread = thread;
        this.onChange = onChange;
        this.telling = new Throttle(thread, BETWEEN_TELLINGS, this::tell);
        this.watcher = new PersistentWatcher(curator, path, true);
        watcher.getListenable().addListener(event -> thread.queue(() -> seen(event)));
        watcher.getResetListenable().addListener(() -> thread.queue(this::readAll));
    }

    void start() {
        watcher.start();
    }

    void close() {
        closed = true;
        watcher.close();
    }

    /** Whether the children were read at least once. */
    boolean isKnown() {
        return complete;
    }

    /** Content by name; unmodifiable, the same object until something changes. */
    Map<String, byte[]> children() {
        return told;
    }

    /** Reads again if the last attempt was not answered in full. */
    void readAgainIfStale() {
        if ((!current || !unread.isEmpty()) && curator.getZookeeperClient().isConnected()) {
            readAll();
        }
    }

    private void readAll() {
        if (closed) {
            return;
        }
        current = false;
        int round = ++reading;
        inBackground(() -> curator.getChildren()
                .inBackground((client, event) -> thread.queue(() -> listed(round, event)))
                .forPath(path));
    }

    private void listed(int round, CuratorEvent event) {
        if (isLate(round)) {
            return;
        }
        if (isConnectionTrouble(event)) {
            return;
        }
        List<String> names = event.getResultCode() == Code.OK.intValue() ? event.getChildren() : List.of();
        if (event.getResultCode() != Code.OK.intValue() && event.getResultCode() != Code.NONODE.intValue()) {
            warn(path, event);
        }
        children.keySet().retainAll(Set.copyOf(names));
        unread.clear();
        unread.addAll(names);
        current = true;
        names.forEach(this::read);
        tellWhenAllRead();
    }

    private void read(String name) {
        int round = reading;
        // The size first: an answer near ZooKeeper's packet limit would cost the client its connection, again and
        // again.
        inBackground(() -> curator.checkExists()
                .inBackground((client, event) -> thread.queue(() -> readSized(round, name, event)))
                .forPath(path + '/' + name));
    }

    private void readSized(int round, String name, CuratorEvent event) {
        if (isLate(round)) {
            return;
        }
        Stat stat = event.getStat();
        if (stat == null) {
            readOne(round, name, event, NOTHING);
        } else if (stat.getDataLength() > EndpointNode.MAX_BYTES) {
            readOne(round, name, event, TOO_LARGE);
        } else {
            inBackground(() -> curator.getData()
                    .inBackground((client, data) -> thread.queue(() -> readOne(round, name, data, content(data))))
                    .forPath(path + '/' + name));
        }
    }

    private static byte[] content(CuratorEvent event) {
        return event.getData() == null ? NOTHING : event.getData();
    }

    private boolean isLate(int round) {
        return round != reading || closed;
    }

    private void readOne(int round, String name, CuratorEvent event, byte[] content) {
        if (isLate(round)) {
            return;
        }
        if (event.getResultCode() == Code.OK.intValue()) {
            children.put(name, content);
        } else if (event.getResultCode() == Code.NONODE.intValue()) {
            children.remove(name);
        } else if (isConnectionTrouble(event)) {
            current = false;
            return;
        } else {
            children.remove(name);
            warn(name, event);
        }
        unread.remove(name);
        tellWhenAllRead();
    }

    private void seen(WatchedEvent event) {
        String changed = event.getPath();
        if (closed || changed == null || !changed.startsWith(path + '/')) {
            return;
        }
        String name = changed.substring(path.length() + 1);
        if (name.indexOf('/') >= 0) {
            return;
        }
        switch (event.getType()) {
            case NodeCreated, NodeDataChanged -> read(name);
            case NodeDeleted -> {
                children.remove(name);
                unread.remove(name);
                tellWhenAllRead();
            }
            default -> log.trace("{} says nothing about children of {}", event, path);
        }
    }

    private void tellWhenAllRead() {
        if (isAllRead()) {
            telling.request();
        }
    }

    private boolean isAllRead() {
        return !closed && current && unread.isEmpty();
    }

    private void tell() {
        if (isAllRead()) {
            complete = true;
            told = Map.copyOf(children);
            onChange.run();
        }
    }

    private static boolean isConnectionTrouble(CuratorEvent event) {
        return switch (Code.get(event.getResultCode())) {
            case CONNECTIONLOSS, OPERATIONTIMEOUT, SESSIONEXPIRED, SESSIONMOVED -> true;
            default -> false;
        };
    }

    private void warn(String subject, CuratorEvent event) {
        if (logLimit.allows(subject)) {
            log.warn("{} cannot be read: {}", event.getPath(), Code.get(event.getResultCode()));
        }
    }

    private void inBackground(BackgroundRead read) {
        try {
            read.start();
        } catch (Exception e) {
            current = false;
            log.debug("Reading below {} did not start; it is tried again", path, e);
        }
    }

    private interface BackgroundRead {
        void start() throws Exception;
    }
}
