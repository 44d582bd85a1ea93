package io.rpcboot.spring.zookeeper;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rpcboot.Endpoint;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MprpcAddressTest {

    static Stream<Arguments> usable() {
        return Stream.of(
                Arguments.of("127.0.0.1:18000", "127.0.0.1:18000"),
                Arguments.of("127.0.0.1:1", "127.0.0.1:1"),
                Arguments.of("255.255.255.255:65535", "255.255.255.255:65535"),
                Arguments.of("127.0.0.1:18000\0", "127.0.0.1:18000"),
                Arguments.of("127.0.0.1:18000" + "\0".repeat(241), "127.0.0.1:18000"),
                Arguments.of("127.0.0.1:18000\0" + "10.0.0.1:1", "127.0.0.1:18000"),
                Arguments.of("127.0.0.1:18000 ", "127.0.0.1:18000"),
                Arguments.of(" 127.0.0.1:18000\r\n", "127.0.0.1:18000"),
                Arguments.of("127.0.0.1: 18000", "127.0.0.1:18000"),
                Arguments.of("127.0.0.1:18000,127.0.0.1:18011", "127.0.0.1:18000"),
                Arguments.of("127.0.0.1:18000;weight=3", "127.0.0.1:18000"),
                Arguments.of("127.0.0.1:18000:18001", "127.0.0.1:18000"),
                Arguments.of("127.0.0.1:018000", "127.0.0.1:18000"),
                Arguments.of("localhost:18010", "localhost:18010"),
                Arguments.of("users-1.example:80", "users-1.example:80"));
    }

    @ParameterizedTest
    @MethodSource("usable")
    void whatPeersAcceptIsRead(String data, String address) throws BadNodeException {
        Endpoint read = MprpcAddress.read(data.getBytes(ISO_8859_1));

        assertThat(read).isEqualTo(Endpoint.parse(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\0",
                "\u0000127.0.0.1:18000",
                "127.0.0.1",
                ":18000",
                "127.0.0.1:",
                "127.0.0.1:0",
                "127.0.0.1:65536",
                "127.0.0.1:4294967297",
                "127.0.0.1:99999999999999999999",
                "127.0.0.1:x18000",
                "127.0.0.1:-1",
                "127.0.0.1:\uff11",
                "256.0.0.1:18000",
                "127.1:18000",
                "1.2.3.4.5:18000",
                "[::1]:18000",
                "::1:18000",
                "10.0.0.1 10.0.0.2:18000",
                "users/1:18000",
                "\u00fcsers:18000",
                "-users:18000",
                "{\"host\":\"10.0.0.1\"}"
            })
    void whatNamesNoAddressIsRefused(String data) {
        assertThatExceptionOfType(BadNodeException.class)
                .isThrownBy(() -> MprpcAddress.read(data.getBytes(UTF_8)))
                .withMessageContaining("expected: ip:port");
    }

    @Test
    void dataThatIsTooLargeIsRefused() {
        byte[] large = Arrays.copyOf("127.0.0.1:18000".getBytes(UTF_8), 1025);

        assertThatExceptionOfType(BadNodeException.class)
                .isThrownBy(() -> MprpcAddress.read(large))
                .withMessageContaining("1025 bytes");
    }

    @Test
    void aRefusalShowsNoControlCharactersAndNoMoreThanIsOfUse() {
        String data = "\u001b[2J" + "x".repeat(500);

        assertThatExceptionOfType(BadNodeException.class)
                .isThrownBy(() -> MprpcAddress.read(data.getBytes(UTF_8)))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(150).doesNotContain("\u001b"));
    }

    @Test
    void whatIsWrittenIsTheAddressAndNothingElse() {
        byte[] written = MprpcAddress.write(Endpoint.of("127.0.0.1", 18000));

        assertThat(written).isEqualTo("127.0.0.1:18000".getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::ffff:127.0.0.1"})
    void whateverHasAnIpv4AddressIsWrittenWithIt(String host) {
        assertThat(MprpcAddress.numeric(Endpoint.of(host, 18000)).address()).isEqualTo("127.0.0.1:18000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"::1", "2001:db8::1", "no-such-host.invalid"})
    void whatHasNoIpv4AddressIsRefusedWithTheKeyToSet(String host) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MprpcAddress.numeric(Endpoint.of(host, 18000)))
                .withMessageContaining(host)
                .withMessageContaining("rpc.server.advertised-host");
    }
}
