package io.rpcboot.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rpcboot.Endpoint;
import io.rpcboot.server.RpcServer;
import io.rpcboot.test.Network;
import io.rpcboot.test.ProbeService;
import io.rpcboot.transport.ClientConnection;
import io.rpcboot.transport.Identity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointLinkTest {

    private static EndpointLink link(Network network, int port, int connections) {
        return new EndpointLink(
                network.transport(),
                endpoint -> network.transport().connect(endpoint, Identity.of("test")),
                Endpoint.of("127.0.0.1", port),
                ConnectionOptions.DEFAULT.withPerEndpoint(connections));
    }

    @Test
    void callsSpreadOverTheConnections() throws Exception {
        try (Network network = Network.tcp()) {
            RpcServer server = network.serve(ProbeService.echo());
            EndpointLink link = link(network, server.port(), 3);
            link.demand();

            List<ClientConnection> reserved = new ArrayList<>();
            await().atMost(Network.LONG).until(() -> {
                ClientConnection next = link.reserve();
                if (next != null) {
                    reserved.add(next);
                }
                return reserved.stream().distinct().count() == 3;
            });

            assertThat(link.outstanding()).isEqualTo(reserved.size());
            reserved.forEach(ClientConnection::release);
            assertThat(link.outstanding()).isZero();
            link.close();
        }
    }

    @Test
    void theEndpointIsUsableAsLongAsOneConnectionIs() throws Exception {
        try (Network network = Network.tcp()) {
            RpcServer server = network.serve(ProbeService.echo());
            EndpointLink link = link(network, server.port(), 2);
            link.demand();
            ClientConnection one = await().atMost(Network.LONG).until(link::reserve, open -> open != null);
            ClientConnection other =
                    await().atMost(Network.LONG).until(link::reserve, open -> open != null && open != one);

            one.close();
            await().atMost(Network.LONG).until(() -> !one.isOpen());

            assertThat(link.isUsable()).isTrue();
            assertThat(other.isUsable()).isTrue();
            link.close();
        }
    }
}
