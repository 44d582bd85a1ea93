package io.rpcboot.faults.net;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A port on all addresses of this machine that nobody should connect to, and that counts who does. Safe for use by many threads. */
public final class Trap implements AutoCloseable {

    private final ServerSocket listening;
    private final AtomicInteger caught = new AtomicInteger();

    private Trap(ServerSocket listening) {
        this.listening = listening;
    }

    /** Listens on a free port. */
    public static Trap start() throws IOException {
        Trap trap = new Trap(new ServerSocket(0));
        Thread thread = new Thread(trap::accept, "trap");
        thread.setDaemon(true);
        thread.start();
        return trap;
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** How many have connected. */
    public int caught() {
        return caught.get();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try (Socket caller = listening.accept()) {
                caught.incrementAndGet();
            } catch (IOException e) {
                if (!listening.isClosed()) {
                    System.err.println("trap: " + e);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
