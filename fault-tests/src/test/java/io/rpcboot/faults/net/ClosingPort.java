package io.rpcboot.faults.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A port that accepts connections and closes them at once, and remembers when each came. Safe for use by many threads. */
public final class ClosingPort implements AutoCloseable {

    private final ServerSocket listening;
    private final List<Long> accepted = new CopyOnWriteArrayList<>();

    private ClosingPort(ServerSocket listening) {
        this.listening = listening;
    }

    public static ClosingPort open() throws IOException {
        ClosingPort port = new ClosingPort(new ServerSocket(0, 1_024, InetAddress.getLoopbackAddress()));
        Thread thread = new Thread(port::accept, "closing-" + port.port());
        thread.setDaemon(true);
        thread.start();
        return port;
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** When each connection came, by the monotonic clock, in order. */
    public List<Long> accepted() {
        return List.copyOf(accepted);
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                listening.accept().close();
                accepted.add(System.nanoTime());
            } catch (IOException e) {
                if (!listening.isClosed()) {
                    System.err.println("port " + port() + ": " + e);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
