package io.rpcboot.spring.zookeeper;

import java.util.Arrays;
import java.util.Optional;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.CuratorWatcher;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.BadVersionException;
import org.apache.zookeeper.KeeperException.NoNodeException;
import org.apache.zookeeper.KeeperException.NodeExistsException;
import org.apache.zookeeper.data.Stat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node of one endpoint: makes it say what is wanted and belong to the session of now, whoever made it before. Blocks on the network; for
 * use by one thread.
 */
final class OwnNode {

    private static final Logger log = LoggerFactory.getLogger(OwnNode.class);
    private static final int ATTEMPTS = 5;

    private final CuratorFramework curator;
    private final String path;
    private final String application;
    private final String address;
    private final CuratorWatcher onEvent;

    OwnNode(CuratorFramework curator, RegistryPaths paths, EndpointNode node, CuratorWatcher onEvent) {
        this.curator = curator;
        this.application = node.endpoint().attributes().application();
        this.address = node.endpoint().address();
        this.path = paths.endpoint(application, address);
        this.onEvent = onEvent;
    }

    /**
     * Makes the node say this, and watches it for the next change.
     *
     * @return the younger process that announces the same address, to which this one yields; empty if the node is now as wanted
     * @throws Exception whatever Curator throws; nothing is certain then
     */
    Optional<EndpointNode> put(EndpointNode wanted, byte[] content) throws Exception {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                Stat seen = curator.checkExists().usingWatcher(onEvent).forPath(path);
                if (seen == null) {
                    create(content);
                    return Optional.empty();
                }
                if (seen.getEphemeralOwner() == session()) {
                    correct(content, seen);
                    return Optional.empty();
                }
                Optional<EndpointNode> rival = youngerRival(wanted, seen);
                if (rival.isPresent()) {
                    return rival;
                }
                log.info("Replacing the node {} of another session, which an older process left", path);
                curator.delete().withVersion(seen.getVersion()).forPath(path);
            } catch (NoNodeException | NodeExistsException | BadVersionException e) {
                log.debug("The node {} changed meanwhile; looking again", path, e);
            }
        }
        throw new IllegalStateException("the node " + path + " changed " + ATTEMPTS + " times while it was written");
    }

    /** Deletes the node if it belongs to this session; otherwise leaves it alone. */
    void delete() throws Exception {
        try {
            Stat seen = curator.checkExists().forPath(path);
            if (seen != null && seen.getEphemeralOwner() == session()) {
                curator.delete().withVersion(seen.getVersion()).forPath(path);
            }
        } catch (NoNodeException e) {
            log.debug("The node {} was gone already", path, e);
        }
    }

    private void create(byte[] content) throws Exception {
        curator.create()
                .creatingParentsIfNeeded()
                .withMode(CreateMode.EPHEMERAL)
                .forPath(path, content);
    }

    private void correct(byte[] content, Stat seen) throws Exception {
        boolean asWanted = seen.getDataLength() == content.length
                && Arrays.equals(curator.getData().forPath(path), content);
        if (!asWanted) {
            curator.setData().withVersion(seen.getVersion()).forPath(path, content);
        }
    }

    private Optional<EndpointNode> youngerRival(EndpointNode wanted, Stat seen) throws Exception {
        boolean kept = seen.getEphemeralOwner() != 0;
        if (!kept || seen.getDataLength() > EndpointNode.MAX_BYTES) {
            // A node that no session keeps, or that no announcer wrote, says nothing about a living process.
            return Optional.empty();
        }
        try {
            byte[] content = curator.getData().forPath(path);
            EndpointNode other = EndpointNodeReader.read(application, address, content);
            boolean yields = !other.isSameProcess(wanted) && EndpointNode.BY_AGE.compare(other, wanted) >= 0;
            return yields ? Optional.of(other) : Optional.empty();
        } catch (BadNodeException e) {
            log.warn("The node {} of another session is no endpoint: {}", path, e.getMessage());
            return Optional.empty();
        }
    }

    private long session() throws Exception {
        return curator.getZookeeperClient().getZooKeeper().getSessionId();
    }

    @Override
    public String toString() {
        return path;
    }
}
