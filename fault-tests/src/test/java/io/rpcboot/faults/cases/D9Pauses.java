package io.rpcboot.faults.cases;

import io.rpcboot.Endpoint;
import io.rpcboot.client.RpcClient;
import io.rpcboot.contract.DescriptorSet;
import io.rpcboot.faults.load.LoadShape;
import io.rpcboot.faults.net.FaultProxy;
import io.rpcboot.faults.peer.PeerProcess;
import io.rpcboot.faults.peer.Ports;
import io.rpcboot.faults.proto.ActServiceContract;
import io.rpcboot.naming.InMemoryNaming;
import io.rpcboot.naming.Offer;
import java.time.Duration;
import java.util.List;

/** D9. */
final class D9Pauses implements FaultCase {

    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final Duration BETWEEN = Duration.ofMillis(4_700);
    private static final Duration COLD = Duration.ofSeconds(10);

    private final int pauses;

    /** @param pauses one every five seconds, of each provider in turn */
    D9Pauses(int pauses) {
        this.pauses = pauses;
    }

    @Override
    public String id() {
        return "D9";
    }

    @Override
    public String description() {
        return "Pauses of 300 ms every 5 s, by SIGSTOP to one of three providers in turn, " + pauses
                + " of them; then a fourth joins that has just started; 1,000 calls/s, half of them plain";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        Peers peers = Peers.plain(stage, 3);
        List<FaultProxy> proxies = peers.behindProxies(stage);
        InMemoryNaming naming = new InMemoryNaming();
        proxies.forEach(proxy -> join(naming, proxy.port()));
        RpcClient client = stage.client(naming);
        Trial trial = Trial.begin(stage, client, LoadShape.mixed(1_000));
        int opened = opened(proxies);
        for (int i = 0; i < pauses; i++) {
            pause(peers.get(i % peers.count()), trial);
        }
        PeerProcess cold = stage.plain("cold", Ports.free(1).get(0)).awaitListening();
        long joined = System.nanoTime();
        join(naming, cold.port());
        trial.runFor(COLD);
        long warm = System.nanoTime();
        Trial.Ended ended = trial.end(joined);
        return List.of(
                Figure.atMost(0, "calls failed", ended.calls().failed().count()),
                Figure.atMost(
                        0,
                        "connections closed, of three",
                        opened(proxies) - opened + proxies.size() - standing(proxies)),
                Figure.atMost(
                        3,
                        "times the p99 before, of all calls in the first 10 s of the fourth",
                        ended.calls().planned(joined, warm).latencyMillis(0.99)
                                / trial.before(ended).latencyMillis(0.99)),
                Figure.atLeast(
                        1,
                        "percent of the calls that the fourth got in that time",
                        100 * ended.shareOf("cold", joined, warm)),
                ended.noneBroken());
    }

    private static void join(InMemoryNaming naming, int port) {
        DescriptorSet contract = ActServiceContract.INSTANCE.descriptorSet();
        naming.announce(new Offer(
                Endpoint.of("127.0.0.1", port),
                List.of(new Offer.Service(Stage.SERVICE, contract.fingerprint(), contract.bytes()))));
    }

    private static void pause(PeerProcess peer, Trial trial) throws Exception {
        peer.freeze();
        trial.runFor(PAUSE);
        peer.resume();
        trial.runFor(BETWEEN);
    }

    private static int opened(List<FaultProxy> proxies) {
        return proxies.stream().mapToInt(FaultProxy::accepted).sum();
    }

    private static int standing(List<FaultProxy> proxies) {
        return proxies.stream().mapToInt(FaultProxy::open).sum();
    }
}
