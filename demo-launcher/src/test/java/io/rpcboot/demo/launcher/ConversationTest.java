package io.rpcboot.demo.launcher;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConversationTest {

    @Test
    void theFirstWrongAnswerEndsItAndIsShown() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] body = "{\"detail\": \"broken\"}".getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(500, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            Conversation conversation =
                    new Conversation(new Http(address), new PrintStream(OutputStream.nullOutputStream()));

            assertThatExceptionOfType(DemoException.class)
                    .isThrownBy(conversation::hold)
                    .withMessage("register bob: 500 {\"detail\":\"broken\"} (expected: 201 with name = bob)");
        } finally {
            server.stop(0);
        }
    }
}
