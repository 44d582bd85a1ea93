package io.rpcboot.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Behaves as C++ providers do: takes what one read brings for the whole request, and then does what the test says. */
final class MprpcProvider implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(MprpcProvider.class);

    final List<byte[]> requests = new CopyOnWriteArrayList<>();
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Behaviour behaviour;

    MprpcProvider(Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        Thread acceptor = new Thread(this::accept, "mprpc-provider");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    /** One that answers, and ends its direction. */
    static MprpcProvider answering(byte[] reply) throws IOException {
        return new MprpcProvider(caller -> {
            caller.getOutputStream().write(reply);
            caller.shutdownOutput();
            caller.getInputStream().readAllBytes();
        });
    }

    /** One that resets each connection after the request, as a peer does that closes with bytes unread. */
    static MprpcProvider resetting() throws IOException {
        return new MprpcProvider(caller -> caller.setSoLinger(true, 0));
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try (Socket caller = server.accept()) {
                byte[] request = new byte[MprpcService.MAX_REQUEST_BYTES];
                int length = caller.getInputStream().read(request);
                if (length > 0) {
                    requests.add(Arrays.copyOf(request, length));
                    behaviour.answer(caller);
                }
            } catch (IOException e) {
                log.debug("the connection ended", e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** What becomes of a connection whose request was read; it is closed afterwards. */
    interface Behaviour {
        void answer(Socket caller) throws IOException;
    }
}
