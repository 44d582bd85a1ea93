package io.rpcboot.faults.net;

import com.google.protobuf.ByteString;
import io.rpcboot.wire.schema.Hello;
import io.rpcboot.wire.schema.Kind;
import io.rpcboot.wire.schema.RpcHeader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A caller that knows the protocol by its schema alone and sends any header and body, one call at a time. Used by one thread. */
public final class RawCaller implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket = new Socket();

    /** Connects to a port of loopback and greets. */
    public RawCaller(int port) throws IOException {
        socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        ByteString hello = Hello.newBuilder()
                .setProtocolVersion(1)
                .setApplication("raw")
                .setIncarnation(1)
                .build()
                .toByteString();
        write(RpcHeader.newBuilder().setKind(Kind.HELLO), hello);
    }

    /** Sends a request; the header of the next response, whatever call it is for. */
    public RpcHeader call(RpcHeader.Builder header, ByteString body) throws IOException {
        write(header, body);
        while (true) {
            RpcHeader answer = SchemaFrame.read(socket.getInputStream());
            if (answer.getKind() == Kind.RESPONSE) {
                return answer;
            }
        }
    }

    private void write(RpcHeader.Builder header, ByteString body) throws IOException {
        SchemaFrame.write(socket.getOutputStream(), header, body);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
