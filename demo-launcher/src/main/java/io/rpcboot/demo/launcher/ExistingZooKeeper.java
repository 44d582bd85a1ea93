package io.rpcboot.demo.launcher;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/**
 * A ZooKeeper that runs elsewhere.
 *
 * @param connectString {@code host:port}, several separated by commas, with a path at the end if wanted
 */
record ExistingZooKeeper(String connectString) {

    private static final int USUAL_PORT = 2181;
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

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
}
