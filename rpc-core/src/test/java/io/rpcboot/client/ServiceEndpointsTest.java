package io.rpcboot.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcboot.Endpoint;
import io.rpcboot.EndpointAttributes;
import io.rpcboot.EndpointStatus;
import io.rpcboot.balance.EjectionOptions;
import io.rpcboot.test.Network;
import io.rpcboot.transport.Identity;
import io.rpcboot.transport.Transport;
import io.rpcboot.transport.TransportOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ServiceEndpointsTest {

    private static List<Endpoint> endpoints(long incarnation) {
        List<Endpoint> all = new ArrayList<>();
        for (int port = 60000; port < 60004; port++) {
            all.add(new Endpoint(
                    "127.0.0.1",
                    port,
                    new EndpointAttributes("", "", "", 100, "", "", incarnation, Instant.EPOCH, EndpointStatus.READY)));
        }
        return all;
    }

    @Test
    void twoServicesThatShareEndpointsDoNotWaitForEachOther() {
        try (Transport transport = Transport.inProcess(TransportOptions.DEFAULT.withEventLoops(4))) {
            ConnectionPool pool = new ConnectionPool(
                    transport, endpoint -> transport.connect(endpoint, Identity.of("x")), ConnectionOptions.DEFAULT);
            List<CompletableFuture<Void>> namings = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                ServiceEndpoints[] self = new ServiceEndpoints[1];
                ServiceEndpoints service = new ServiceEndpoints(
                        pool, new Routing("", "", "", ""), EjectionOptions.DEFAULT, () -> self[0].mayConnectSoon());
                self[0] = service;
                service.replace(endpoints(1));
                service.demand();
                namings.add(CompletableFuture.runAsync(() -> {
                    for (long n = 2; n < 3000; n++) {
                        service.replace(endpoints(n));
                    }
                }));
            }

            assertThat(namings).allSatisfy(naming -> assertThat(naming).succeedsWithin(Network.LONG));
        }
    }
}
