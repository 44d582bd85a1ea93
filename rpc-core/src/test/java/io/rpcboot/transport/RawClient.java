package io.rpcboot.transport;

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
        return send(EncodedFrames.hello());
    }

    RawClient request(Header header, com.google.protobuf.MessageLite body) throws IOException {
        return send(EncodedFrames.of(header, body));
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

    /** Reads what has come, if anything. */
    byte[] readAvailable() throws IOException {
        return socket.getInputStream().readNBytes(socket.getInputStream().available());
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
