package io.rpcboot.spring.zookeeper;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rpcboot.Endpoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdvertisedAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1", "127.1.2.3", "localhost", "LocalHost", "0.0.0.0", "::1", "::", "0:0:0:0:0:0:0:1"})
    void aLocalAddressIsRefusedWhereZookeeperIsElsewhere(String host) {
        Endpoint endpoint = Endpoint.of(host, 8000);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> AdvertisedAddress.check(endpoint, "localhost:2181,zk.example:2181"))
                .withMessageContaining(endpoint.address())
                .withMessageContaining("zk.example")
                .withMessageContaining("rpc.server.advertised-host")
                .withMessageContaining("rpc.server.advertised-port");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            127.0.0.1    | localhost:2181
            127.0.0.1    | 127.0.0.1:2181,127.0.0.1:2182/chroot
            127.0.0.1    | [::1]:2181
            127.0.0.1    | ::1
            10.0.0.1     | zk.example:2181
            127.example  | zk.example:2181
            2001:db8::1  | zk.example:2181
            """)
    void anyOtherPairIsAccepted(String host, String connectString) {
        Endpoint endpoint = Endpoint.of(host, 8000);

        assertThatCode(() -> AdvertisedAddress.check(endpoint, connectString)).doesNotThrowAnyException();
    }
}
