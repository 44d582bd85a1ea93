package io.rpcboot.faults.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between callers and one port of loopback and does to the bytes what it is told, each direction by itself. The seed fixes what is
 * left to chance. Safe for use by many threads.
 */
public final class FaultProxy implements AutoCloseable {

    private final ServerSocket listening;
    private final int target;
    private final long seed;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile LinkFaults toServer = LinkFaults.NONE;
    private volatile LinkFaults toClient = LinkFaults.NONE;

    private FaultProxy(ServerSocket listening, int target, long seed) {
        this.listening = listening;
        this.target = target;
        this.seed = seed;
    }

    /** Listens on a free port and passes on to the target. */
    public static FaultProxy start(int target, long seed) throws IOException {
        FaultProxy proxy = new FaultProxy(new ServerSocket(0, 1_024, InetAddress.getLoopbackAddress()), target, seed);
        Thread thread = new Thread(proxy::accept, "proxy-" + target);
        thread.setDaemon(true);
        thread.start();
        return proxy;
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** How many connections have come. */
    public int accepted() {
        return accepted.get();
    }

    /** How many connections stand. */
    public int open() {
        return connections.size();
    }

    /** Changes what happens from now on, on connections that stand as well. */
    public void faults(LinkFaults towardsServer, LinkFaults towardsClient) {
        toServer = towardsServer;
        toClient = towardsClient;
    }

    /** Resets all connections. */
    public void resetAll() {
        connections.forEach(Connection::reset);
    }

    /** Ends all connections in the direction of the client; the other stays open. */
    public void finishTowardsClient() throws IOException {
        for (Connection one : connections) {
            one.client.shutdownOutput();
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                open(listening.accept());
            } catch (IOException e) {
                if (!listening.isClosed()) {
                    System.err.println("proxy for " + target + ": " + e);
                }
            }
        }
    }

    private void open(Socket client) throws IOException {
        accepted.incrementAndGet();
        Socket server = new Socket();
        try {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            server.connect(new InetSocketAddress("127.0.0.1", target), 1_000);
        } catch (IOException e) {
            client.setSoLinger(true, 0);
            client.close();
            throw e;
        }
        Connection connection = new Connection(client, server);
        connections.add(connection);
        Link to = new Link(client, server, () -> toServer, connection::reset, seed + 2L * accepted.get());
        Link from = new Link(server, client, () -> toClient, connection::reset, seed + 2L * accepted.get() + 1);
        to.start("to-" + target);
        from.start("from-" + target);
    }

    @Override
    public void close() throws IOException {
        listening.close();
        resetAll();
    }

    private final class Connection {

        private final Socket client;
        private final Socket server;

        Connection(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void reset() {
            if (connections.remove(this)) {
                reset(client);
                reset(server);
            }
        }

        private static void reset(Socket socket) {
            try {
                socket.setSoLinger(true, 0);
                socket.close();
            } catch (IOException e) {
                System.err.println("proxy: reset of " + socket + ": " + e);
            }
        }
    }
}
