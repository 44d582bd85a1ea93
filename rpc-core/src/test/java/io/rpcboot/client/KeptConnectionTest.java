package io.rpcboot.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rpcboot.Endpoint;
import io.rpcboot.server.RpcServer;
import io.rpcboot.test.Network;
import io.rpcboot.test.ProbeService;
import io.rpcboot.transport.ClientConnection;
import io.rpcboot.transport.Identity;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeptConnectionTest {

    private static final LinkListener DEAF = new LinkListener() {
        @Override
        public void changed() {}

        @Override
        public void notConnected() {}

        @Override
        public void room() {}
    };

    private static KeptConnection connection(Network network, int port) {
        return new KeptConnection(
                network.transport(),
                endpoint -> network.transport().connect(endpoint, Identity.of("test")),
                Endpoint.of("127.0.0.1", port),
                new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10)),
                DEAF);
    }

    @Test
    void aConnectionThatWorkedIsWorthAQuickAttemptHoweverOftenItIsLost() throws Exception {
        try (Network network = Network.tcp()) {
            RpcServer server = network.serve(ProbeService.echo());
            KeptConnection kept = connection(network, server.port());
            kept.demand();

            for (int i = 0; i < 5; i++) {
                ClientConnection connection = await().atMost(Network.LONG)
                        .until(kept::usableConnection, open -> open != null && open.peerIncarnation() != 0);
                connection.close();
                await().atMost(Network.LONG).until(() -> kept.usableConnection() != connection);

                assertThat(kept.mayConnectSoon() || kept.usableConnection() != null)
                        .isTrue();
            }
            kept.close();
        }
    }

    @Test
    void aConnectionThatAnotherThreadIsAboutToOpenIsWorthAWait() throws Exception {
        try (Network network = Network.tcp()) {
            assertThat(connection(network, 1).mayConnectSoon()).isTrue();
        }
    }

    @Test
    void anAddressWhereNothingListensIsNotWorthAWaitForLong() throws Exception {
        try (Network network = Network.tcp()) {
            KeptConnection kept = connection(network, 1);

            kept.demand();

            await().atMost(Network.LONG).until(() -> !kept.mayConnectSoon());
            assertThat(kept.trouble()).contains("connecting failed");
            kept.close();
        }
    }
}
