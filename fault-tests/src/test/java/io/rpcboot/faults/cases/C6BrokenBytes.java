package io.rpcboot.faults.cases;

import io.rpcboot.Endpoint;
import io.rpcboot.client.RpcClient;
import io.rpcboot.faults.load.LoadShape;
import io.rpcboot.faults.net.FaultProxy;
import io.rpcboot.faults.net.LinkFaults;
import io.rpcboot.faults.peer.PeerProcess;
import io.rpcboot.faults.peer.Ports;
import io.rpcboot.naming.FixedEndpoints;
import io.rpcboot.transport.TransportOptions;
import java.time.Duration;
import java.util.List;

/** C6. */
final class C6BrokenBytes implements FaultCase {

    @Override
    public String id() {
        return "C6";
    }

    @Override
    public String description() {
        return "Every byte written by itself for 20 s, then a bit flipped every 100 KB for 20 s, 500 calls/s, checksum on";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        PeerProcess peer =
                stage.plain("peer0", Ports.free(1).get(0), "200", "checksum").awaitListening();
        FaultProxy proxy = stage.closing(FaultProxy.start(peer.port(), 1));
        RpcClient client = stage.client(
                FixedEndpoints.of(Endpoint.of("127.0.0.1", proxy.port())), TransportOptions.DEFAULT.withChecksum(true));
        Trial trial = Trial.begin(stage, client, LoadShape.mixed(500).withPayloadBytes(256));
        proxy.faults(LinkFaults.slices(1), LinkFaults.slices(1));
        trial.runFor(Duration.ofSeconds(20));
        long flipped = System.nanoTime();
        proxy.faults(LinkFaults.flips(100_000), LinkFaults.flips(100_000));
        trial.runFor(Duration.ofSeconds(20));
        proxy.faults(LinkFaults.NONE, LinkFaults.NONE);
        long over = System.nanoTime();
        trial.runFor(Duration.ofSeconds(8));
        Trial.Ended ended = trial.withoutHealthyMajority().end(over);
        Calls sliced = ended.calls()
                .planned(trial.faultNanos(), flipped - Duration.ofSeconds(1).toNanos());
        return List.of(
                Figure.atMost(0, "answers that were not the call's own", ended.broken("I7")),
                Figure.atMost(
                        0,
                        "calls failed while bytes came one by one",
                        sliced.failed().count()),
                Figure.atLeast(9_000, "calls made while bytes came one by one", sliced.count()),
                Figure.atLeast(2, "connections, since a flipped bit ends one", proxy.accepted()),
                ended.noneBroken());
    }
}
