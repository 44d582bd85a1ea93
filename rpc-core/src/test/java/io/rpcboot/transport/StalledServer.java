package io.rpcboot.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.rpcboot.test.Network;
import io.rpcboot.wire.FrameDecoder;
import io.rpcboot.wire.Header;
import io.rpcboot.wire.SilentSink;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Accepts one connection, opens it with HELLO, answers nothing, and stops reading at the first request that comes in pieces. */
final class StalledServer implements AutoCloseable {

    private final ServerSocket server;
    private final TransportOptions options;
    private final CompletableFuture<Socket> accepted = new CompletableFuture<>();
    private final CompletableFuture<Long> idOfRequestInPieces = new CompletableFuture<>();

    StalledServer(TransportOptions options) throws IOException {
        this.options = options;
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread reader = new Thread(this::read, "stalled-server");
        reader.setDaemon(true);
        reader.start();
    }

    int port() {
        return server.getLocalPort();
    }

    /** Waits for the first request in pieces. */
    long idOfRequestInPieces() throws ExecutionException, InterruptedException, TimeoutException {
        return idOfRequestInPieces.get(Network.LONG.toSeconds(), TimeUnit.SECONDS);
    }

    void send(byte[] bytes) throws IOException {
        accepted.join().getOutputStream().write(bytes);
    }

    private void read() {
        try {
            Socket socket = server.accept();
            accepted.complete(socket);
            send(EncodedFrames.of(Hellos.frame(new Identity("stalled", 7), options)));
            FrameDecoder decoder = new FrameDecoder(options.limits());
            ByteBuf received = Unpooled.buffer();
            while (!idOfRequestInPieces.isDone()) {
                if (received.writeBytes(socket.getInputStream(), 8192) < 0) {
                    throw new IOException("the client closed the connection");
                }
                decoder.decode(received, new SilentSink() {
                    @Override
                    public void request(Header header, ByteBuf body) {
                        if (header.more()) {
                            idOfRequestInPieces.complete(header.callId());
                        }
                    }
                });
            }
        } catch (IOException | RuntimeException e) {
            accepted.completeExceptionally(e);
            idOfRequestInPieces.completeExceptionally(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        if (accepted.isDone() && !accepted.isCompletedExceptionally()) {
            accepted.join().close();
        }
    }
}
