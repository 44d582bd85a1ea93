package io.rpcboot.faults.registry;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.CreateMode;

/**
 * Endpoints that come and go all the time, one after the other on a fixed schedule; nobody listens at their addresses. Runs on a thread of its
 * own; used by one other thread.
 */
public final class FlappingNodes implements AutoCloseable {

    private final CuratorFramework curator;
    private final List<String> paths = new ArrayList<>();
    private final List<byte[]> contents = new ArrayList<>();
    private final boolean[] there;
    private final long gapNanos;
    private final Random random = new Random(11);
    private final Thread thread = new Thread(this::flap, "flapping");
    private volatile boolean stopping;
    private volatile int changes;

    private FlappingNodes(CuratorFramework curator, String application, int goodPort, int deadPort, int count, int rate)
            throws Exception {
        this.curator = curator;
        this.there = new boolean[count];
        this.gapNanos = TimeUnit.SECONDS.toNanos(1) / rate;
        String good =
                new String(curator.getData().forPath(application + "/127.0.0.1:" + goodPort), StandardCharsets.UTF_8);
        for (int i = 0; i < count; i++) {
            String host = "127.0.7." + (1 + i);
            paths.add(application + '/' + host + ':' + deadPort);
            contents.add(good.replace("127.0.0.1", host)
                    .replace(Integer.toString(goodPort), Integer.toString(deadPort))
                    .getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * Starts with none there.
     *
     * @param application path of the application's endpoints
     * @param goodPort port of a good endpoint on 127.0.0.1, whose node is the model
     * @param deadPort port of all of these
     * @param rate how many come or go in a second
     */
    public static FlappingNodes start(
            CuratorFramework curator, String application, int goodPort, int deadPort, int count, int rate)
            throws Exception {
        FlappingNodes nodes = new FlappingNodes(curator, application, goodPort, deadPort, count, rate);
        nodes.thread.setDaemon(true);
        nodes.thread.start();
        return nodes;
    }

    /** How many have come or gone. */
    public int changes() {
        return changes;
    }

    private void flap() {
        long next = System.nanoTime();
        while (!stopping) {
            int one = random.nextInt(there.length);
            try {
                change(one);
            } catch (Exception e) {
                throw new IllegalStateException(paths.get(one) + " could not be changed", e);
            }
            changes++;
            next += gapNanos;
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private void change(int one) throws Exception {
        if (there[one]) {
            curator.delete().forPath(paths.get(one));
        } else {
            curator.create().withMode(CreateMode.EPHEMERAL).forPath(paths.get(one), contents.get(one));
        }
        there[one] = !there[one];
    }

    /** Stops, and removes those that are there. */
    @Override
    public void close() throws Exception {
        stopping = true;
        thread.join(TimeUnit.SECONDS.toMillis(10));
        for (int one = 0; one < there.length; one++) {
            if (there[one]) {
                change(one);
            }
        }
    }
}
