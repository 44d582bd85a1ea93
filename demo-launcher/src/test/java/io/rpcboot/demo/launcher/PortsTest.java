package io.rpcboot.demo.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void aTakenPortIsNamedWithTheOptionThatChoosesAnother() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Options options = options("--free-ports", "--rpc-port-2=" + taken.getLocalPort());

            assertThatExceptionOfType(DemoException.class)
                    .isThrownBy(() -> Ports.of(options))
                    .withMessageContaining(
                            "port " + taken.getLocalPort() + " is taken; choose another by --rpc-port-2=N");
        }
    }

    @Test
    void onePortForTwoUsesIsRefused() {
        int free = Ports.of(options("--free-ports")).of(Port.PAGE);
        Options options = options("--free-ports", "--page-port=" + free, "--rpc-port-1=" + free);

        assertThatExceptionOfType(DemoException.class)
                .isThrownBy(() -> Ports.of(options))
                .withMessageContaining("one port stands for two uses");
    }

    @Test
    void freePortsAreAllDifferent() {
        Ports ports = Ports.of(options("--free-ports"));

        assertThat(Arrays.stream(Port.values()).map(ports::of)).doesNotHaveDuplicates();
    }

    private static Options options(String... arguments) {
        return Options.of(List.of(arguments), Map.of());
    }
}
