package io.rpcboot.faults.cases;

import io.rpcboot.Endpoint;
import io.rpcboot.client.RpcClient;
import io.rpcboot.faults.registry.ZookeeperControl;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.curator.framework.CuratorFramework;

/** E6. */
final class E6CrashAndComeBack implements FaultCase {

    private static final int TIMES = 10;
    private static final long SESSION_MILLIS = 10_000;

    @Override
    public String id() {
        return "E6";
    }

    @Override
    public String description() {
        return "kill -9 of a Spring Boot provider and a restart at once on the same port, 10 times";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        Peers peers = Peers.spring(stage, 1);
        AtomicInteger doubled = new AtomicInteger();
        var resolver = stage.resolver();
        stage.closing(resolver.watch(Stage.SERVICE, list -> doubled.addAndGet(doubles(list))));
        RpcClient client = stage.client(resolver);
        Peers.awaitKnown(client, 1);
        CuratorFramework curator = stage.zookeeper().client();
        String path = ZookeeperControl.ROOT + "/endpoints/acts/127.0.0.1:"
                + peers.get(0).port();
        int gaps = 0;
        for (int i = 0; i < TIMES; i++) {
            peers.get(0).kill();
            peers.startAgain(0);
            gaps += gaps(curator, path, i < TIMES - 1 ? 4_000 : 3 * SESSION_MILLIS);
        }
        return List.of(
                Figure.atMost(0, "lists with two entries for one address", doubled.get()),
                Figure.atMost(0, "looks that found no node from 3 s after a restart on", gaps));
    }

    private static int doubles(List<Endpoint> list) {
        Set<String> addresses = new HashSet<>();
        return list.stream().allMatch(one -> addresses.add(one.host() + one.port())) ? 0 : 1;
    }

    private static int gaps(CuratorFramework curator, String path, long millis) throws Exception {
        long start = System.nanoTime();
        int gaps = 0;
        TimeUnit.SECONDS.sleep(3);
        while (System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(millis)) {
            if (curator.checkExists().forPath(path) == null) {
                gaps++;
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return gaps;
    }
}
