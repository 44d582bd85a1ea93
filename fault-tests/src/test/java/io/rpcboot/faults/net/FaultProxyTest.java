package io.rpcboot.faults.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FaultProxyTest {

    private static final byte[] BYTES = new byte[50_000];

    static {
        new Random(3).nextBytes(BYTES);
    }

    private ServerSocket target;
    private FaultProxy proxy;
    private Socket client;
    private Socket server;

    @BeforeEach
    void connect() throws IOException {
        target = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        proxy = FaultProxy.start(target.getLocalPort(), 1);
        client = new Socket("127.0.0.1", proxy.port());
        server = target.accept();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
        proxy.close();
        target.close();
    }

    @Test
    void slicesArriveWhole() throws IOException {
        proxy.faults(LinkFaults.slices(7), LinkFaults.NONE);

        client.getOutputStream().write(BYTES);

        assertThat(server.getInputStream().readNBytes(BYTES.length)).isEqualTo(BYTES);
    }

    @Test
    void flipsAreAsManyAsAskedFor() throws IOException {
        proxy.faults(LinkFaults.NONE, LinkFaults.flips(20_000));

        server.getOutputStream().write(BYTES);

        byte[] arrived = client.getInputStream().readNBytes(BYTES.length);
        assertThat(differences(arrived)).isBetween(1, 2);
    }

    private static int differences(byte[] arrived) {
        int count = 0;
        for (int i = 0; i < BYTES.length; i++) {
            count += arrived[i] == BYTES[i] ? 0 : 1;
        }
        return count;
    }

    @Test
    void aStallHoldsOneDirectionBackAndLosesNothing() throws IOException {
        proxy.faults(LinkFaults.STALL, LinkFaults.NONE);
        client.getOutputStream().write(BYTES);
        server.getOutputStream().write(1);

        assertThat(client.getInputStream().read()).isEqualTo(1);
        assertThat(server.getInputStream().available()).isZero();

        proxy.faults(LinkFaults.NONE, LinkFaults.NONE);
        assertThat(server.getInputStream().readNBytes(BYTES.length)).isEqualTo(BYTES);
    }

    @Test
    void aDelayIsKept() throws IOException {
        proxy.faults(LinkFaults.delay(Duration.ofMillis(300), Duration.ofMillis(1)), LinkFaults.NONE);
        long start = System.nanoTime();

        client.getOutputStream().write(1);
        server.getInputStream().read();

        assertThat(System.nanoTime() - start)
                .isGreaterThanOrEqualTo(Duration.ofMillis(300).toNanos());
    }

    @Test
    void aRateIsKept() throws IOException {
        proxy.faults(LinkFaults.rate(10_000), LinkFaults.NONE);
        long start = System.nanoTime();

        client.getOutputStream().write(Arrays.copyOf(BYTES, 5_000));
        server.getInputStream().readNBytes(5_000);
        client.getOutputStream().write(1);
        server.getInputStream().read();

        assertThat(System.nanoTime() - start)
                .isGreaterThanOrEqualTo(Duration.ofMillis(450).toNanos());
    }

    @Test
    void aCutResetsTheConnection() throws IOException {
        proxy.faults(LinkFaults.cut(1), LinkFaults.NONE);

        client.getOutputStream().write(1);

        assertThatThrownBy(() -> readToEnd(client)).isInstanceOf(IOException.class);
        await().atMost(Duration.ofSeconds(30)).until(() -> proxy.open() == 0);
    }

    @Test
    void anEndOfOneDirectionLeavesTheOther() throws IOException {
        client.getOutputStream().write(1);
        server.getInputStream().read();

        proxy.finishTowardsClient();

        assertThat(client.getInputStream().read()).isEqualTo(-1);
        client.getOutputStream().write(2);
        assertThat(server.getInputStream().read()).isEqualTo(2);
    }

    private static void readToEnd(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        while (in.read() >= 0) {
            // Until the end or the reset.
        }
    }
}
