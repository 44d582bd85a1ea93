package io.rpcboot.faults.registry;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Asks a ZooKeeper server about itself. */
final class FourLetters {

    private FourLetters() {}

    /** The answer; empty if the server cannot be reached. */
    static String ask(int port, String question) {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(3_000);
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
            socket.getOutputStream().write(question.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        } catch (IOException e) {
            return "";
        }
    }
}
