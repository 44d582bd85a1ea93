package io.rpcboot.demo.launcher;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooKeeper;

/**
 * A ZooKeeper that runs elsewhere. Immutable.
 *
 * @param connectString {@code host:port}, several separated by commas, with a path at the end if wanted
 */
record ExistingZooKeeper(String connectString) {

    private static final int USUAL_PORT = 2181;
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final String INSTANCES = "/rpc/endpoints/demo-user-service";

    /** Longer than the entries of a demo that was ended by force stay. */
    private static final Duration OTHERS_LIMIT = Duration.ofSeconds(15);

    /**
     * This machine's address as that ZooKeeper sees it, which is the one that the instances should listen on and announce.
     *
     * @throws DemoException if none of its servers can be reached
     */
    String localAddress() {
        DemoException unreachable = new DemoException("ZOOKEEPER=" + connectString + ": no server can be reached");
        for (String server : connectString.replaceFirst("/.*", "").split(",", -1)) {
            try (Socket socket = new Socket()) {
                socket.connect(address(server.strip()), (int) CONNECT_LIMIT.toMillis());
                return socket.getLocalAddress().getHostAddress();
            } catch (IOException e) {
                unreachable.addSuppressed(e);
            }
        }
        throw unreachable;
    }

    private InetSocketAddress address(String server) {
        int colon = server.lastIndexOf(':');
        try {
            return colon < 0
                    ? new InetSocketAddress(server, USUAL_PORT)
                    : new InetSocketAddress(server.substring(0, colon), Integer.parseInt(server.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw new DemoException("ZOOKEEPER=" + connectString + " (expected: host:port)", e);
        }
    }

    /**
     * Sees to it that calls can reach this demo's instances only: others have another database.
     *
     * @throws DemoException if others are announced, and stay
     */
    void requireNoOthers() throws InterruptedException {
        try (ZooKeeper client = new ZooKeeper(connectString, (int) CONNECT_LIMIT.toMillis(), event -> {})) {
            long end = System.nanoTime() + OTHERS_LIMIT.toNanos();
            List<String> others = instances(client);
            while (!others.isEmpty() && System.nanoTime() - end < 0) {
                Thread.sleep(CONNECT_LIMIT.toMillis() / 10);
                others = instances(client);
            }
            if (!others.isEmpty()) {
                throw new DemoException("ZOOKEEPER=" + connectString + ": user services with another database are"
                        + " announced there already: " + others + " (expected: none; is another demo running?)");
            }
        } catch (IOException | KeeperException e) {
            throw new DemoException("ZOOKEEPER=" + connectString + ": cannot be read", e);
        }
    }

    private static List<String> instances(ZooKeeper client) throws KeeperException, InterruptedException {
        try {
            return client.getChildren(INSTANCES, false);
        } catch (KeeperException.NoNodeException e) {
            return List.of();
        }
    }
}
