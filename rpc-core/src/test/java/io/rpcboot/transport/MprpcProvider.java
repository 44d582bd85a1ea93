package io.rpcboot.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.rpcboot.wire.schema.RpcHeader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
        return new MprpcProvider((caller, request) -> {
            caller.getOutputStream().write(reply);
            caller.shutdownOutput();
            caller.getInputStream().readAllBytes();
        });
    }

    /** One that resets each connection after the request, as a peer does that closes with bytes unread. */
    static MprpcProvider resetting() throws IOException {
        return new MprpcProvider((caller, request) -> caller.setSoLinger(true, 0));
    }

    /**
     * One that reads requests as the C++ provider does: knows these replies by service and method, says nothing to what it does not know, and dies
     * of a header that it cannot cut out.
     */
    static MprpcProvider likeCpp(Map<String, byte[]> replies) throws IOException {
        return new MprpcProvider((caller, request) -> {
            ByteBuf bytes = Unpooled.wrappedBuffer(request);
            int headerBytes = request.length < Integer.BYTES ? -1 : bytes.readIntLE();
            if (headerBytes < 0 || headerBytes > bytes.readableBytes()) {
                throw new Death();
            }
            RpcHeader header = RpcHeader.parseFrom(ByteBufUtil.getBytes(bytes, bytes.readerIndex(), headerBytes));
            byte[] reply = replies.get(header.getServiceName().toStringUtf8()
                    + '.'
                    + header.getMethodName().toStringUtf8());
            if (reply != null) {
                caller.getOutputStream().write(reply);
                caller.shutdownOutput();
            }
            caller.getInputStream().readAllBytes();
        });
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
                    answer(caller, requests.get(requests.size() - 1));
                }
            } catch (IOException e) {
                log.debug("the connection ended", e);
            }
        }
    }

    private void answer(Socket caller, byte[] request) throws IOException {
        try {
            behaviour.answer(caller, request);
        } catch (Death e) {
            server.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** What becomes of a connection whose request was read; it is closed afterwards. */
    interface Behaviour {
        void answer(Socket caller, byte[] request) throws IOException;
    }

    /** The end of the process: its port is closed with it. */
    private static final class Death extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
