package io.rpcboot.spring.zookeeper;

import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooKeeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of each attempt to connect that fails. ZooKeeper's client tells of none, but with each it fails the requests that wait for the
 * connection; so one small request always waits while somebody wants to know. Safe for use by many threads.
 */
final class FailedAttempts {

    private static final Logger log = LoggerFactory.getLogger(FailedAttempts.class);

    private final CuratorFramework curator;
    private final Listener listener;

    FailedAttempts(CuratorFramework curator, Listener listener) {
        this.curator = curator;
        this.listener = listener;
    }

    /** Begins to listen, until a connection is made. */
    void listen() {
        try {
            ask(curator.getZookeeperClient().getZooKeeper());
        } catch (Exception e) {
            log.debug("Failed attempts to connect to ZooKeeper cannot be heard of; time alone decides", e);
        }
    }

    private void ask(ZooKeeper zookeeper) {
        zookeeper.exists("/", false, (code, path, context, stat) -> answered(zookeeper, code), null);
    }

    private void answered(ZooKeeper zookeeper, int code) {
        if (code == Code.CONNECTIONLOSS.intValue() && listener.attemptFailed()) {
            ask(zookeeper);
        }
    }

    /** Told on the event thread of ZooKeeper's client, which must not be kept waiting. */
    interface Listener {

        /** Returns whether the next failure is to be told as well. */
        boolean attemptFailed();
    }
}
