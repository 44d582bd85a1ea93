package io.rpcboot.faults.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rpcboot.Endpoint;
import io.rpcboot.client.RpcClient;
import io.rpcboot.faults.load.LoadShape;
import io.rpcboot.faults.load.OpenLoopLoad;
import io.rpcboot.faults.net.RawClient;
import io.rpcboot.faults.peer.PeerProcess;
import io.rpcboot.faults.peer.Ports;
import io.rpcboot.faults.proto.ActRequest;
import io.rpcboot.faults.proto.ActService;
import io.rpcboot.faults.proto.ActServiceAsync;
import io.rpcboot.naming.FixedEndpoints;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Small forms of the catalogue's cases for every build: they count and check invariants, and judge no times. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class SmallFaultsTest {

    private static final Duration GENEROUS = Duration.ofSeconds(60);
    private static final LoadShape SLOW = LoadShape.mixed(50).withTimeout(Duration.ofSeconds(10));

    @TempDir
    private Path directory;

    @Test
    void aCrashOfOneOfThreeFailsNoIdempotentCallAndRunsNothingTwice() throws Exception {
        try (Stage stage = Stage.below(directory, "crash")) {
            Peers peers = Peers.plain(stage, 3);
            RpcClient client = stage.client(peers.fixed());
            Trial trial = Trial.begin(stage, client, SLOW, Duration.ofSeconds(2));

            peers.get(0).kill();
            trial.runFor(Duration.ofSeconds(3));

            Trial.Ended ended = trial.end(System.nanoTime());
            assertThat(ended.calls().count()).isPositive();
            assertThat(ended.violations())
                    .filteredOn(one -> List.of("I2", "I3", "I4", "I7", "I8").contains(one.invariant()))
                    .isEmpty();
            assertThat(ended.calls().plain().failed().count()).isLessThanOrEqualTo(10);
        }
    }

    @Test
    void aRollingRestartLosesNoCall() throws Exception {
        try (Stage stage = Stage.below(directory, "restart")) {
            Peers peers = Peers.spring(stage, 2);
            RpcClient client = stage.client(stage.resolver());
            Peers.awaitKnown(client, 2);
            Trial trial = Trial.begin(
                    stage, client, LoadShape.plain(50).withTimeout(Duration.ofSeconds(10)), Duration.ofSeconds(2));

            for (int i = 0; i < peers.count(); i++) {
                peers.get(i).terminate();
                peers.get(i).awaitExit(GENEROUS);
                peers.startAgain(i);
                Peers.awaitKnown(client, 2);
            }

            Trial.Ended ended = trial.end(System.nanoTime());
            assertThat(ended.calls().failed().list()).isEmpty();
            assertThat(ended.violations())
                    .filteredOn(one -> List.of("I2", "I3", "I7").contains(one.invariant()))
                    .isEmpty();
        }
    }

    @Test
    void foreignProtocolsAreClosedOutAndHarmNobody() throws Exception {
        try (Stage stage = Stage.below(directory, "garbage")) {
            int port = Ports.free(1).get(0);
            PeerProcess peer = stage.plain("peer0", port).awaitListening();
            RpcClient client = stage.client(FixedEndpoints.of(Endpoint.of("127.0.0.1", port)));
            ActService acts = client.client(ActService.class).with(options -> options.timeout(GENEROUS));
            acts.act(ActRequest.newBuilder().setId(1).build());

            for (byte[] first : firstBytes()) {
                try (RawClient raw = new RawClient(port)) {
                    raw.send(first);
                    assertThat(raw.awaitClosed(GENEROUS)).isLessThan(1_000);
                }
            }

            assertThat(acts.act(ActRequest.newBuilder().setId(2).build()).getId())
                    .isEqualTo(2);
            assertThat(peer.isAlive()).isTrue();
        }
    }

    private static List<byte[]> firstBytes() {
        byte[] random = new byte[4_096];
        new Random(1).nextBytes(random);
        random[3] = (byte) 0xff;
        return List.of(
                "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                "SSH-2.0-OpenSSH_9.6\r\n".getBytes(StandardCharsets.US_ASCII),
                "*1\r\n$4\r\nPING\r\n".getBytes(StandardCharsets.US_ASCII),
                new byte[] {0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, (byte) 0xfc, 0x03, 0x03},
                new byte[] {'J', 'R', 'M', 'I', 0, 2, 0x4b},
                new byte[] {-1, -1, -1, 127, 0, 0, 0, 0},
                random);
    }

    @Test
    void aRestartOfZookeeperDeletesNoHealthyProvider() throws Exception {
        try (Stage stage = Stage.below(directory, "registry")) {
            Peers.spring(stage, 1);
            RpcClient client = stage.client(stage.resolver());
            Peers.awaitKnown(client, 1);
            NodeDeletions deletions =
                    stage.closing(NodeDeletions.watch(stage.zookeeper().client()));
            try (OpenLoopLoad load = OpenLoopLoad.start(
                    client.client(ActServiceAsync.class), LoadShape.plain(20).withTimeout(Duration.ofSeconds(10)))) {

                stage.zookeeper().stop();
                stage.zookeeper().restart();
                await().atMost(GENEROUS).until(deletions::sawTheRestart);

                assertThat(load.finish()).noneMatch(call -> call.failed());
            }
            assertThat(deletions.count()).isZero();
        }
    }
}
