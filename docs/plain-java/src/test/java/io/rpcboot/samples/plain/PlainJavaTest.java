package io.rpcboot.samples.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class PlainJavaTest {

    private static final Duration GENEROUS = Duration.ofSeconds(30);

    @Test
    @Timeout(120)
    void theConsumerLogsInAtTheProvider(@TempDir Path directory) throws Exception {
        String config = "# as on the C++ side\r\nrpcserverip=127.0.0.1\r\nrpcserverport=" + freePort() + "\r\n";
        Path file = Files.writeString(directory.resolve("test.conf"), config);
        Thread provider = new Thread(() -> run(() -> Provider.main(new String[] {file.toString()})));
        provider.setDaemon(true);
        provider.start();

        await().atMost(GENEROUS)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(outputOf(() -> Consumer.main(new String[] {file.toString()})))
                        .contains("success: true"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String outputOf(Main main) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        try {
            main.run();
        } finally {
            System.setOut(before);
        }
        return output.toString(StandardCharsets.UTF_8);
    }

    private static void run(Main main) {
        try {
            main.run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Main {
        void run() throws Exception;
    }
}
