package io.rpcboot.faults.cases;

import static org.awaitility.Awaitility.await;

import io.rpcboot.client.RpcClient;
import io.rpcboot.faults.load.LoadShape;
import io.rpcboot.faults.load.OpenLoopLoad;
import io.rpcboot.faults.net.Trap;
import io.rpcboot.faults.proto.ActServiceAsync;
import io.rpcboot.faults.registry.HostileNodes;
import io.rpcboot.faults.registry.LoadedClasses;
import io.rpcboot.faults.registry.ZookeeperControl;
import java.time.Duration;
import java.util.List;

/** E10. */
final class E10HostileNodes implements FaultCase {

    private static final int NODES = 1_000;

    @Override
    public String id() {
        return "E10";
    }

    @Override
    public String description() {
        return "1,000 hostile nodes beside those of two Spring Boot providers, written twice, 500 calls/s; then another consumer starts";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        Peers peers = Peers.spring(stage, 2);
        RpcClient client = stage.client(stage.resolver());
        Peers.awaitKnown(client, 2);
        Trap trap = stage.closing(Trap.start());
        HostileNodes hostile = new HostileNodes(
                stage.zookeeper().client(),
                ZookeeperControl.ROOT + "/endpoints/acts",
                peers.get(0).port(),
                trap.port());
        Trial trial = Trial.begin(stage, client, LoadShape.mixed(500));

        long lines;
        long most;
        try (LogLines log = LogLines.collect()) {
            hostile.write(NODES);
            hostile.overwrite();
            trial.runFor(Duration.ofSeconds(5));
            lines = log.count();
            most = log.ofTheMostNamed(hostile.names());
        }
        RpcClient later = stage.client(stage.resolver());
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !later.endpoints(Stage.SERVICE).isEmpty());
        long known = later.endpoints(Stage.SERVICE).size();
        OpenLoopLoad load =
                stage.closing(OpenLoopLoad.start(later.client(ActServiceAsync.class), LoadShape.mixed(100)));
        load.runFor(Duration.ofSeconds(5));
        Calls ofLater = new Calls(load.finish());

        Trial.Ended ended = trial.end(System.nanoTime());
        return List.of(
                Figure.atMost(0, "calls failed", ended.calls().failed().count()),
                Figure.atMost(
                        0,
                        "calls of the later consumer failed",
                        ofLater.failed().count()),
                Figure.atLeast(400, "calls of the later consumer", ofLater.count()),
                Figure.atMost(2, "endpoints that the later consumer knows", known),
                Figure.atMost(0, "connections to refused addresses", trap.caught()),
                Figure.atMost(
                        0,
                        "classes loaded because a node names them",
                        LoadedClasses.contain(HostileNodes.CLASS) ? 1 : 0),
                Figure.atLeast(NODES / 2, "log lines about nodes", lines),
                Figure.atMost(1, "log lines about the most logged node within a minute", most),
                ended.noneBroken());
    }
}
