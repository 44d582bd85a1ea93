package io.rpcboot.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.embedded.EmbeddedChannel;
import io.rpcboot.test.Network;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.junit.jupiter.api.Test;

class AcceptLimitTest {

    private final EmbeddedChannel port = new EmbeddedChannel(new AcceptLimit(new ConnectionLimits(5, 2)));

    /** A connection as Netty accepts it. */
    private static final class Accepted extends EmbeddedChannel {
        private final String host;

        Accepted(String host) {
            this.host = host;
        }

        @Override
        protected SocketAddress remoteAddress0() {
            return new InetSocketAddress(host, 50_000);
        }
    }

    private Accepted accept(String host) {
        Accepted connection = new Accepted(host);
        port.writeInbound(connection);
        // What is let in goes on to Netty's acceptor, what is not does not.
        assertThat((Object) port.readInbound()).isEqualTo(connection.isOpen() ? connection : null);
        return connection;
    }

    @Test
    void oneAddressGetsItsShareAndOthersTheirs() {
        assertThat(accept("10.0.0.1").isOpen()).isTrue();
        assertThat(accept("10.0.0.1").isOpen()).isTrue();

        assertThat(accept("10.0.0.1").isOpen()).isFalse();
        assertThat(accept("10.0.0.2").isOpen()).isTrue();
    }

    @Test
    void allTogetherAreLimitedToo() {
        for (int i = 1; i <= 5; i++) {
            assertThat(accept("10.0.0." + i).isOpen()).isTrue();
        }

        assertThat(accept("10.0.0.6").isOpen()).isFalse();
    }

    @Test
    void aConnectionThatEndsMakesRoom() {
        Accepted first = accept("10.0.0.1");
        accept("10.0.0.1");
        accept("10.0.0.1");

        first.close();

        assertThat(accept("10.0.0.1").isOpen()).isTrue();
        assertThat(accept("10.0.0.1").isOpen()).isFalse();
    }

    @Test
    void aPortClosesWhatIsTooMuchAndServesTheRest() throws Exception {
        try (Transport transport = Transport.tcp(TransportOptions.DEFAULT.withEventLoops(1))) {
            int port = listen(transport).port();
            try (RawClient first = new RawClient(port);
                    RawClient second = new RawClient(port)) {
                assertThat(first.hello().read(4)).hasSize(4);
                assertThat(second.hello().read(4)).hasSize(4);
                try (RawClient third = new RawClient(port)) {
                    assertThat(third.readToEnd()).isEmpty();
                }
                first.close();

                await().atMost(Network.LONG).until(() -> greets(port));
            }
        }
    }

    private static boolean greets(int port) {
        try (RawClient peer = new RawClient(port)) {
            return peer.hello().read(4).length == 4;
        } catch (IOException e) {
            return false;
        }
    }

    private static Listener listen(Transport transport) throws IOException {
        return transport.listen(
                new InetSocketAddress("127.0.0.1", 0),
                Identity.of("server"),
                (service, method) -> 0,
                call -> {},
                ServerLimits.defaults().withConnections(new ConnectionLimits(5, 2)),
                null);
    }
}
