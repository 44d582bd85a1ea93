package io.rpcboot.demo.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    @Test
    void aPortComesFromTheCommandLineAndElseFromTheEnvironment() {
        Map<String, String> environment = Map.of("DEMO_PAGE_PORT", "1001", "DEMO_RPC_PORT_2", "1002");

        Options options = Options.of(List.of("--page-port=2001"), environment);

        assertThat(options.ports()).isEqualTo(Map.of(Port.PAGE, 2001, Port.RPC_2, 1002));
    }

    @Test
    void oneRunTakesFreePorts() {
        assertThat(Options.of(List.of("--once"), Map.of()).freePorts()).isTrue();
        assertThat(Options.of(List.of(), Map.of()).freePorts()).isFalse();
    }

    @Test
    void anExistingZooKeeperComesFromTheEnvironment() {
        assertThat(Options.of(List.of(), Map.of("ZOOKEEPER", "zoo:2181")).zookeeper())
                .hasValue("zoo:2181");
        assertThat(Options.of(List.of(), Map.of("ZOOKEEPER", "")).zookeeper()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "-1", "http", "99999999999"})
    void whatIsNoPortIsRefusedWithItsName(String value) {
        assertThatExceptionOfType(DemoException.class)
                .isThrownBy(() -> Options.of(List.of("--page-port=" + value), Map.of()))
                .withMessage("--page-port: " + value + " (expected: a port, 1..65535)");
    }

    @Test
    void anUnknownOptionIsRefused() {
        assertThatExceptionOfType(DemoException.class)
                .isThrownBy(() -> Options.of(List.of("--page-prot=1"), Map.of()))
                .withMessageStartingWith("unknown option: --page-prot=1");
    }

    @Test
    void theUsageNamesEveryPort() {
        assertThat(Options.usage()).contains("--rpc-port-2=N", "usually 8002", "DEMO_RPC_PORT_2", "--database-port=N");
    }
}
