package io.rpcboot.naming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rpcboot.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MprpcConfigTest {

    private static final String USUAL = """
            # where the provider listens
            rpcserverip=127.0.0.1

               rpcserverport = 8000
            # the registry
            zookeeperip=a:2181,b
            zookeeperport=2181/base
            something else
            """;

    private static MprpcConfig config(String text) {
        return MprpcConfig.parse(text, "test.conf");
    }

    @Test
    void aFileIsReadAsItStands(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("test.conf"), USUAL);

        MprpcConfig config = MprpcConfig.read(file);

        assertThat(config.serverAddress()).isEqualTo(new InetSocketAddress("127.0.0.1", 8000));
        assertThat(config.serverEndpoint()).isEqualTo(Endpoint.of("127.0.0.1", 8000));
        assertThat(config.zookeeperConnectString()).isEqualTo("a:2181,b:2181/base");
    }

    @Test
    void linesMayEndAsOnWindows() {
        MprpcConfig config = config(USUAL.replace("\n", "\r\n"));

        assertThat(config.serverAddress()).isEqualTo(new InetSocketAddress("127.0.0.1", 8000));
        assertThat(config.zookeeperConnectString()).isEqualTo("a:2181,b:2181/base");
    }

    @Test
    void keysMayBeSpelledAsInCopies() {
        MprpcConfig config = config("rpcserver_ip=127.0.0.1\nrpcServerPort=8000");

        assertThat(config.serverAddress()).isEqualTo(new InetSocketAddress("127.0.0.1", 8000));
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        config("rpcserverip=127.0.0.1\n#rpcserverport=8000").serverAddress())
                .withMessage(
                        "test.conf: rpcserverport is missing (expected: a line rpcserverport=..., besides [rpcserverip])");
    }

    @ParameterizedTest
    @ValueSource(strings = {"eighty", "-1", "65536", "80 80"})
    void aPortThatIsNoneIsNamed(String port) {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        config("rpcserverip=127.0.0.1\nrpcserverport=" + port).serverAddress())
                .withMessage("test.conf: rpcserverport: " + port + " (expected: a number from 0 to 65535)");
    }
}
