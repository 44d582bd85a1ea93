package io.rpcboot.faults.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** Sends any bytes to a port and sees what comes back. Used by one thread. */
public final class RawClient implements AutoCloseable {

    private final Socket socket = new Socket();

    /** Connects to a port of loopback. */
    public RawClient(int port) throws IOException {
        socket.connect(new InetSocketAddress("127.0.0.1", port), 5_000);
    }

    public RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /**
     * Reads until the peer closes or resets the connection.
     *
     * @return the number of bytes that came before
     * @throws SocketTimeoutException if nothing happens for this long
     */
    public int awaitClosed(Duration limit) throws IOException {
        socket.setSoTimeout((int) limit.toMillis());
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[4_096];
        int all = 0;
        try {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                all += n;
            }
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException reset) {
            // A reset closes as well as an end does.
            return all;
        }
        return all;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
