package io.rpcboot.spring.zookeeper;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.rpcboot.Endpoint;
import java.util.Arrays;
import java.util.Optional;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.CuratorWatcher;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.BadVersionException;
import org.apache.zookeeper.KeeperException.NoChildrenForEphemeralsException;
import org.apache.zookeeper.KeeperException.NoNodeException;
import org.apache.zookeeper.KeeperException.NodeExistsException;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.data.Stat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node of one method, of which mprpc peers know a single one for all providers: takes the place if it is free or was this process's own,
 * and says what is in the way otherwise. Blocks on the network; for use by one thread.
 */
final class MprpcMethodNode {

    private static final Logger log = LoggerFactory.getLogger(MprpcMethodNode.class);
    private static final int ATTEMPTS = 5;
    private static final byte[] NOTHING = {};

    private final CuratorFramework curator;
    private final OwnSessions sessions;
    private final MprpcMethod method;
    private final String servicePath;
    private final String path;
    private final String address;
    private final byte[] content;
    private final CuratorWatcher onEvent;
    /** The transaction that made our own node as it was seen last; 0 if there was none yet. */
    private long created;

    MprpcMethodNode(
            CuratorFramework curator,
            OwnSessions sessions,
            MprpcMethod method,
            Endpoint numeric,
            CuratorWatcher onEvent) {
        this.curator = curator;
        this.sessions = sessions;
        this.method = method;
        this.servicePath = MprpcMethod.servicePath(method.service());
        this.path = method.path();
        this.address = numeric.address();
        this.content = MprpcAddress.write(numeric);
        this.onEvent = onEvent;
    }

    /**
     * Makes the node say the address, and watches it for the next change.
     *
     * @return what is the matter with the place, for people; empty if the node is now as wanted
     * @throws Exception whatever Curator throws; nothing is certain then
     */
    Optional<MprpcObstacle> put() throws Exception {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                Stat seen = curator.checkExists().usingWatcher(onEvent).forPath(path);
                if (seen == null) {
                    // Looked at once more afterwards, which makes sure that it is watched.
                    create();
                } else if (sessions.isCurrent(seen.getEphemeralOwner())) {
                    created = seen.getCzxid();
                    correct(seen);
                    return Optional.empty();
                } else {
                    Optional<MprpcObstacle> obstacle = obstacle(seen);
                    if (obstacle.isPresent()) {
                        return obstacle;
                    }
                    log.info("Replacing the node {} of another session, which this provider left", path);
                    curator.delete().withVersion(seen.getVersion()).forPath(path);
                }
            } catch (NoNodeException | NodeExistsException | BadVersionException e) {
                log.debug("The node {} changed meanwhile; looking again", path, e);
            } catch (NoChildrenForEphemeralsException e) {
                log.debug("The node {} cannot be made", path, e);
                return Optional.of(MprpcObstacle.lasting(ephemeralService()));
            }
        }
        throw new IllegalStateException("the node " + path + " changed " + ATTEMPTS + " times while it was written");
    }

    private void create() throws Exception {
        if (curator.checkExists().forPath(servicePath) == null) {
            try {
                curator.create().withACL(Ids.OPEN_ACL_UNSAFE).forPath(servicePath, NOTHING);
            } catch (NodeExistsException e) {
                log.debug("A sibling made {} first", servicePath, e);
            }
        }
        curator.create()
                .withMode(CreateMode.EPHEMERAL)
                .withACL(Ids.OPEN_ACL_UNSAFE)
                .forPath(path, content);
    }

    private void correct(Stat seen) throws Exception {
        boolean asWanted = seen.getDataLength() == content.length && Arrays.equals(data(), content);
        if (!asWanted) {
            curator.setData().withVersion(seen.getVersion()).forPath(path, content);
        }
    }

    private byte[] data() throws Exception {
        byte[] data = curator.getData().forPath(path);
        return data == null ? NOTHING : data;
    }

    private Optional<MprpcObstacle> obstacle(Stat seen) throws Exception {
        if (seen.getEphemeralOwner() == 0) {
            return Optional.of(MprpcObstacle.lasting(leftOver(seen)));
        }
        if (sessions.isOwn(seen.getEphemeralOwner())) {
            return Optional.empty();
        }
        byte[] data = seen.getDataLength() > MprpcAddress.MAX_BYTES ? NOTHING : data();
        String session = ", session 0x" + Long.toHexString(seen.getEphemeralOwner());
        if (!saysOwnAddress(data)) {
            String there = NodeFields.printable(new String(data, ISO_8859_1));
            return Optional.of(MprpcObstacle.passing("held by another provider at " + there + session));
        }
        // Somebody who took our own living node away lives as well, and would do it again.
        boolean tookOurs = created != 0 && seen.getCzxid() > created;
        return tookOurs
                ? Optional.of(
                        MprpcObstacle.lasting(
                                "held by another process that announces the same address " + address + session
                                        + " (give one of them another rpc.server.advertised-host or rpc.server.advertised-port)"))
                : Optional.empty();
    }

    private boolean saysOwnAddress(byte[] data) {
        try {
            return MprpcAddress.read(data).address().equals(address);
        } catch (BadNodeException e) {
            log.debug("The node {} of another session holds no address", path, e);
            return false;
        }
    }

    private String leftOver(Stat seen) {
        return seen.getNumChildren() == 0
                ? "the node " + path + " is persistent, left by somebody, and has to be deleted by hand"
                : "the node " + path
                        + " is persistent and has others below it, as providers of another layout make them";
    }

    private String ephemeralService() throws Exception {
        Stat seen = curator.checkExists().usingWatcher(onEvent).forPath(servicePath);
        String session = seen == null ? "" : ", of session 0x" + Long.toHexString(seen.getEphemeralOwner());
        return "the node " + servicePath + " is ephemeral" + session
                + ", so that none can be below it, and has to be deleted by hand";
    }

    /**
     * Deletes the node if it belongs to this process; otherwise leaves it alone.
     *
     * @throws Exception whatever Curator throws
     */
    void delete() throws Exception {
        try {
            Stat seen = curator.checkExists().forPath(path);
            if (seen != null && sessions.isOwn(seen.getEphemeralOwner())) {
                curator.delete().withVersion(seen.getVersion()).forPath(path);
            }
        } catch (NoNodeException e) {
            log.debug("The node {} was gone already", path, e);
        }
    }

    /** The method, as people write it. */
    @Override
    public String toString() {
        return method.toString();
    }
}
