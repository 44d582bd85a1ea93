package io.rpcboot.faults.cases;

import static org.awaitility.Awaitility.await;

import io.rpcboot.Endpoint;
import io.rpcboot.EndpointStatus;
import io.rpcboot.client.RpcClient;
import io.rpcboot.faults.net.FaultProxy;
import io.rpcboot.faults.peer.PeerHost;
import io.rpcboot.faults.peer.PeerProcess;
import io.rpcboot.faults.peer.Ports;
import io.rpcboot.naming.FixedEndpoints;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Several providers of one kind, each with a port that it keeps over restarts. Used by one thread. */
final class Peers {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Start start;
    private final List<PeerProcess> running = new ArrayList<>();

    private Peers(Start start) {
        this.start = start;
    }

    /** Plain providers that listen. */
    static Peers plain(Stage stage, int count, String... arguments) throws Exception {
        return start(count, (name, port) -> stage.plain(name, port, arguments));
    }

    /** Plain providers that listen, on another host. */
    static Peers plain(Stage stage, PeerHost host, int count) throws Exception {
        return start(count, (name, port) -> stage.plain(host, name, port));
    }

    /** Spring Boot providers that listen and are, or will soon be, announced. */
    static Peers spring(Stage stage, int count, String... arguments) throws Exception {
        return start(count, (name, port) -> stage.spring(name, port, arguments));
    }

    private static Peers start(int count, Start start) throws Exception {
        Peers peers = new Peers(start);
        List<Integer> ports = Ports.free(count);
        for (int i = 0; i < count; i++) {
            peers.running.add(start.peer("peer" + i, ports.get(i)));
        }
        for (PeerProcess peer : peers.running) {
            peer.awaitListening();
        }
        return peers;
    }

    PeerProcess get(int index) {
        return running.get(index);
    }

    int count() {
        return running.size();
    }

    /** Starts a peer that has ended again, with its name and port, and waits until it listens. */
    void startAgain(int index) throws Exception {
        PeerProcess ended = running.get(index);
        running.set(index, start.peer(ended.name(), ended.port()).awaitListening());
    }

    /** A proxy before each, seeded with its index. */
    List<FaultProxy> behindProxies(Stage stage) throws IOException {
        List<FaultProxy> proxies = new ArrayList<>();
        for (int i = 0; i < running.size(); i++) {
            proxies.add(stage.closing(FaultProxy.start(running.get(i).port(), i)));
        }
        return proxies;
    }

    static FixedEndpoints behind(List<FaultProxy> proxies) {
        return FixedEndpoints.of(proxies.stream()
                .map(one -> Endpoint.of("127.0.0.1", one.port()))
                .toArray(Endpoint[]::new));
    }

    FixedEndpoints fixed() {
        return FixedEndpoints.of(running.stream()
                .map(peer -> Endpoint.of(peer.address(), peer.port()))
                .toArray(Endpoint[]::new));
    }

    /** Waits until the client knows this many ready endpoints. */
    static void awaitKnown(RpcClient client, int count) {
        await().atMost(START_LIMIT)
                .until(() -> client.endpoints(Stage.SERVICE).stream()
                                .filter(endpoint -> endpoint.attributes().status() == EndpointStatus.READY)
                                .count()
                        == count);
    }

    private interface Start {
        PeerProcess peer(String name, int port) throws Exception;
    }
}
