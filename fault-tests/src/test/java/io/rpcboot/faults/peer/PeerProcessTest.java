package io.rpcboot.faults.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PeerProcessTest {

    @TempDir
    private Path directory;

    @Test
    void aFrozenPeerIsGoneWhenItIsClosed() throws Exception {
        PeerProcess peer = start("peer0", Ports.free(1).get(0)).awaitListening();
        peer.freeze();

        peer.close();

        assertThat(peer.isAlive()).isFalse();
    }

    @Test
    void aPeerThatEndsInsteadOfListeningIsNotWaitedFor() throws Exception {
        try (PeerProcess first = start("first", Ports.free(1).get(0)).awaitListening();
                PeerProcess second = PeerProcess.start(
                        directory, "second", Ports.free(1).get(0), PlainProvider.class, List.of("second"))) {
            assertThat(first.isAlive()).isTrue();
            assertThatThrownBy(second::awaitListening)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("second ended with exit code 1");
            assertThat(second.awaitExit(Duration.ofSeconds(1))).isLessThan(Duration.ofSeconds(1));
        }
    }

    private PeerProcess start(String name, int port) throws Exception {
        return PeerProcess.start(
                directory,
                name,
                port,
                PlainProvider.class,
                List.of(name, Integer.toString(port), directory.toString(), "2"));
    }
}
