package io.rpcboot.faults.cases;

import io.rpcboot.Endpoint;
import io.rpcboot.client.RpcClient;
import io.rpcboot.faults.load.LoadShape;
import io.rpcboot.faults.peer.PeerProcess;
import io.rpcboot.faults.peer.Ports;
import io.rpcboot.naming.FixedEndpoints;
import java.time.Duration;
import java.util.List;

/** F4. */
final class F4RandomArrivals implements FaultCase {

    @Override
    public String id() {
        return "F4";
    }

    @Override
    public String description() {
        return "One server at 70 % of what it can do, calls arriving at random, 60 s";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        PeerProcess peer = stage.plain("peer0", Ports.free(1).get(0), "8").awaitListening();
        RpcClient client = stage.client(FixedEndpoints.of(Endpoint.of("127.0.0.1", peer.port())));
        Trial trial = Trial.begin(
                stage, client, LoadShape.plain(560).withWorkMillis(10).atRandom(), Duration.ofSeconds(5));
        trial.runFor(Duration.ofSeconds(60));
        Trial.Ended ended = trial.end(System.nanoTime());
        return List.of(
                Figure.atMost(
                        0, "calls refused or failed", ended.calls().failed().count()),
                ended.noneBroken());
    }
}
