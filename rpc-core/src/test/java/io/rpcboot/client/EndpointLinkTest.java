package io.rpcboot.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rpcboot.Endpoint;
import io.rpcboot.server.RpcServer;
import io.rpcboot.test.Network;
import io.rpcboot.test.ProbeService;
import io.rpcboot.transport.ClientConnection;
import io.rpcboot.transport.Identity;
import org.junit.jupiter.api.Test;

class EndpointLinkTest {

    @Test
    void aConnectionThatWorkedIsWorthAQuickAttemptHoweverOftenItIsLost() throws Exception {
        try (Network network = Network.tcp()) {
            RpcServer server = network.serve(ProbeService.echo());
            EndpointLink link =
                    new EndpointLink(network.transport(), Identity.of("test"), Endpoint.of("127.0.0.1", server.port()));
            link.demand();

            for (int i = 0; i < 5; i++) {
                ClientConnection connection = await().atMost(Network.LONG)
                        .until(link::usableConnection, open -> open != null && open.peerIncarnation() != 0);
                connection.close();
                await().atMost(Network.LONG).until(() -> link.usableConnection() != connection);

                assertThat(link.mayConnectSoon() || link.usableConnection() != null)
                        .isTrue();
            }
            link.close();
        }
    }

    @Test
    void anAddressWhereNothingListensIsNotWorthAWaitForLong() throws Exception {
        try (Network network = Network.tcp()) {
            EndpointLink link = new EndpointLink(network.transport(), Identity.of("test"), Endpoint.of("127.0.0.1", 1));

            link.demand();

            await().atMost(Network.LONG).until(() -> !link.mayConnectSoon());
            assertThat(link.trouble()).contains("connecting failed");
            link.close();
        }
    }
}
