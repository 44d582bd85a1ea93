package io.rpcboot.faults.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThatCode;

import io.rpcboot.faults.peer.PeerHost;
import io.rpcboot.faults.peer.PeerProcess;
import io.rpcboot.faults.peer.PlainProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Aborted where the machine cannot make such networks. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class IsolatedNetworkTest {

    private static final int PORT = 7_000;

    @TempDir
    private Path directory;

    @BeforeEach
    void canBeMadeHere() {
        assumeThatCode(() -> IsolatedNetwork.open().close()).doesNotThrowAnyException();
    }

    @Test
    void losesPacketsOfAPortUntilItIsHealed() throws Exception {
        try (IsolatedNetwork network = IsolatedNetwork.open();
                PeerProcess peer = start(network.host()).awaitListening()) {
            network.dropTo(PORT);
            assertThatThrownBy(() -> connect(peer)).isInstanceOf(SocketTimeoutException.class);

            network.heal();
            connect(peer);

            network.dropFrom(PORT);
            assertThatThrownBy(() -> connect(peer)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void whatAnEndedProcessLeftBehindIsRemoved() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        String left = "rpcboot-" + ended.pid() + "-0";
        Command.run("ip netns add " + left);

        try (IsolatedNetwork network = IsolatedNetwork.open()) {
            String own = network.host().command().get(3);
            assertThat(Command.run("ip netns list")).contains(own).doesNotContain(left);
        }
    }

    @Test
    void nothingIsLeftWhenItIsClosed() throws Exception {
        IsolatedNetwork network = IsolatedNetwork.open();
        String name = network.host().command().get(3);

        network.close();

        assertThat(Command.run("ip netns list")).doesNotContain(name);
        assertThat(Command.run("ip link"))
                .doesNotContain("rpcb" + ProcessHandle.current().pid() + "n");
    }

    private PeerProcess start(PeerHost host) throws IOException {
        return PeerProcess.start(
                host,
                directory,
                "peer0",
                PORT,
                PlainProvider.class,
                List.of("peer0", Integer.toString(PORT), directory.toString(), "2", "address=" + host.address()));
    }

    private static void connect(PeerProcess peer) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(peer.address(), peer.port()), 2_000);
        }
    }
}
