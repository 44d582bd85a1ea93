package io.rpcboot.spring.zookeeper;

import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.curator.framework.CuratorFramework;

/** Remembers the sessions that a client has had, so that what a former one left is known as our own. For use by one thread. */
final class OwnSessions {

    /** Nodes of a session go with it, so none of an earlier one is left. */
    private static final int REMEMBERED = 8;

    private final CuratorFramework curator;
    private final Set<Long> sessions = new LinkedHashSet<>();

    OwnSessions(CuratorFramework curator) {
        this.curator = curator;
    }

    /**
     * Whether the client has this session now.
     *
     * @throws Exception whatever Curator throws
     */
    boolean isCurrent(long owner) throws Exception {
        long current = curator.getZookeeperClient().getZooKeeper().getSessionId();
        if (current != 0 && sessions.add(current) && sessions.size() > REMEMBERED) {
            sessions.remove(sessions.iterator().next());
        }
        return current != 0 && owner == current;
    }

    /**
     * Whether the client has this session, or had it.
     *
     * @throws Exception whatever Curator throws
     */
    boolean isOwn(long owner) throws Exception {
        return isCurrent(owner) || sessions.contains(owner);
    }
}
