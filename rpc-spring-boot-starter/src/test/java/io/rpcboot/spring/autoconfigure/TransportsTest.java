package io.rpcboot.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcboot.transport.Transport;
import io.rpcboot.transport.TransportType;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class TransportsTest {

    private static RpcProperties properties(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("rpc", RpcProperties.class);
    }

    @Test
    void serversAndClientsUseTheTransportThatIsAskedFor() {
        RpcProperties properties = properties(Map.of("rpc.transport", "nio"));

        try (Transport server = Transports.of(properties.transport(), properties.server());
                Transport client = Transports.of(properties.transport(), properties.client())) {
            assertThat(server.options().type()).isEqualTo(TransportType.NIO);
            assertThat(client.options().type()).isEqualTo(TransportType.NIO);
        }
    }

    @Test
    void whatWorksBestIsUsedByDefault() {
        assertThat(properties(Map.of()).transport()).isEqualTo(TransportType.AUTO);
    }
}
