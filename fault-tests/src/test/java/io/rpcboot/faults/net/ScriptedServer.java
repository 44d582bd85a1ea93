package io.rpcboot.faults.net;

import com.google.protobuf.ByteString;
import io.rpcboot.wire.schema.Hello;
import io.rpcboot.wire.schema.Kind;
import io.rpcboot.wire.schema.RpcHeader;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * A server that knows the protocol by its schema alone and answers each request as it is told, right or wrong. Has a thread for each
 * connection.
 */
public final class ScriptedServer implements AutoCloseable {

    private final ServerSocket listening;
    private final UnaryOperator<RpcHeader> script;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();

    private ScriptedServer(ServerSocket listening, UnaryOperator<RpcHeader> script) {
        this.listening = listening;
        this.script = script;
    }

    /**
     * Listens on a free port of loopback.
     *
     * @param script makes the header of the answer of that of the request; kind and call id are added, and there is no body
     */
    public static ScriptedServer start(UnaryOperator<RpcHeader> script) throws IOException {
        ScriptedServer server =
                new ScriptedServer(new ServerSocket(0, 1_024, InetAddress.getLoopbackAddress()), script);
        server.onThread("accepts", server::accept);
        return server;
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** How many requests have come. */
    public int requests() {
        return requests.get();
    }

    private void onThread(String name, Conversation conversation) {
        Thread thread = new Thread(
                () -> {
                    try {
                        conversation.run();
                    } catch (EOFException | SocketException e) {
                        // One of the two sides has closed.
                        return;
                    } catch (IOException e) {
                        System.err.println("scripted server: " + e);
                    }
                },
                "scripted-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (true) {
            Socket socket = listening.accept();
            connections.add(socket);
            onThread("answers", () -> answer(socket));
        }
    }

    private void answer(Socket socket) throws IOException {
        OutputStream out = socket.getOutputStream();
        while (true) {
            RpcHeader header = SchemaFrame.read(socket.getInputStream());
            switch (header.getKind()) {
                case HELLO -> greet(out);
                case PING -> SchemaFrame.write(out, header.toBuilder().setKind(Kind.PONG), ByteString.EMPTY);
                case REQUEST -> {
                    requests.incrementAndGet();
                    RpcHeader.Builder response = script.apply(header).toBuilder()
                            .setKind(Kind.RESPONSE)
                            .setCallId(header.getCallId());
                    SchemaFrame.write(out, response, ByteString.EMPTY);
                }
                default -> {} // Nothing else needs an answer.
            }
        }
    }

    private static void greet(OutputStream out) throws IOException {
        Hello hello = Hello.newBuilder()
                .setProtocolVersion(1)
                .setApplication("scripted")
                .setIncarnation(1)
                .build();
        SchemaFrame.write(out, RpcHeader.newBuilder().setKind(Kind.HELLO), hello.toByteString());
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : connections) {
            socket.close();
        }
    }

    private interface Conversation {
        void run() throws IOException;
    }
}
