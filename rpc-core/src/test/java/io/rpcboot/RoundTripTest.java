package io.rpcboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcboot.client.RpcClient;
import io.rpcboot.naming.FixedEndpoints;
import io.rpcboot.server.RpcServer;
import io.rpcboot.test.Probe;
import io.rpcboot.test.ProbeContract;
import io.rpcboot.test.Text;
import io.rpcboot.transport.Transport;
import io.rpcboot.transport.TransportOptions;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class RoundTripTest {

    @Test
    void aCallOverTcpIsAnswered() {
        try (Transport transport = Transport.tcp(TransportOptions.DEFAULT);
                RpcServer server = RpcServer.builder(transport)
                        .address(new InetSocketAddress("127.0.0.1", 0))
                        .service(ProbeContract.INSTANCE.bind(new Probe() {
                            @Override
                            public Text echo(Text request) {
                                return request;
                            }

                            @Override
                            public Text act(Text request) {
                                return request;
                            }

                            @Override
                            public RpcStream<Text> watch(Text request) {
                                return RpcStream.of(java.util.List.of());
                            }
                        }))
                        .build()) {
            server.start();
            try (RpcClient client = RpcClient.builder(transport)
                    .resolver(FixedEndpoints.of(Endpoint.of("127.0.0.1", server.port())))
                    .build()) {
                Probe probe = client.client(Probe.class);

                Text reply = probe.echo(Text.newBuilder().setText("hi").build());

                assertThat(reply.getText()).isEqualTo("hi");
            }
        }
    }
}
