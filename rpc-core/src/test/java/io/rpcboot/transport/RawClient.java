package io.rpcboot.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.rpcboot.wire.FrameEncoder;
import io.rpcboot.wire.Header;
import java.io.IOException;
import java.net.Socket;

/** Sends a server bytes of the test's choice. */
final class RawClient implements AutoCloseable {

    private final Socket socket;

    RawClient(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(20_000);
    }

    RawClient hello() throws IOException {
        ByteBuf out = Unpooled.buffer();
        new FrameEncoder(false).write(out, Hellos.frame(new Identity("raw", 1), TransportOptions.DEFAULT));
        return send(ByteBufUtil.getBytes(out));
    }

    RawClient request(Header header, com.google.protobuf.MessageLite body) throws IOException {
        ByteBuf out = Unpooled.buffer();
        new FrameEncoder(false).write(out, header, body);
        return send(ByteBufUtil.getBytes(out));
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Reads up to this many bytes; fewer if the server closes. */
    byte[] read(int bytes) throws IOException {
        return socket.getInputStream().readNBytes(bytes);
    }

    /** Reads until this text has come. */
    String readUntil(String text) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(text) < 0) {
            byte[] next = read(1);
            if (next.length == 0) {
                throw new AssertionError("the server closed after: " + read);
            }
            read.append((char) next[0]);
        }
        return read.toString();
    }

    /** All bytes until the server closes. A reset counts as the end. */
    byte[] readToEnd() {
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(all);
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("the server kept the connection open", e);
        } catch (IOException e) {
            return all.toByteArray();
        }
        return all.toByteArray();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
