package io.rpcboot.faults.registry;

import java.util.List;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.ExponentialBackoffRetry;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingCluster;
import org.apache.curator.test.TestingZooKeeperServer;

/** Three ZooKeeper servers in this process that elect a leader; each can be ended and started again. Used by one thread. */
public final class Ensemble implements AutoCloseable {

    private static final int SESSION_MILLIS = 10_000;

    private final TestingCluster cluster = new TestingCluster(3);

    private Ensemble() {}

    public static Ensemble start() throws Exception {
        Ensemble ensemble = new Ensemble();
        ensemble.cluster.start();
        return ensemble;
    }

    /** All servers, as clients are told. */
    public String addresses() {
        return cluster.getConnectString();
    }

    /** The ports of the servers. */
    public List<Integer> ports() {
        return cluster.getInstances().stream().map(InstanceSpec::getPort).toList();
    }

    /** A client of some of the servers with a session of its own; perhaps not connected yet. The caller closes it. */
    public static CuratorFramework client(String addresses) {
        CuratorFramework client = CuratorFrameworkFactory.newClient(
                addresses, SESSION_MILLIS, 3_000, new ExponentialBackoffRetry(50, 10, 500));
        client.start();
        return client;
    }

    /** Ends the server that leads; its port. */
    public int endLeader() throws Exception {
        for (TestingZooKeeperServer server : cluster.getServers()) {
            if (FourLetters.ask(server.getInstanceSpec().getPort(), "srvr").contains("Mode: leader")) {
                end(server.getInstanceSpec().getPort());
                return server.getInstanceSpec().getPort();
            }
        }
        throw new IllegalStateException("no server leads");
    }

    public void end(int port) throws Exception {
        cluster.killServer(instance(port));
    }

    /** Starts a server that was ended, with its data. */
    public void restart(int port) throws Exception {
        cluster.restartServer(instance(port));
    }

    private InstanceSpec instance(int port) {
        return cluster.getInstances().stream()
                .filter(one -> one.getPort() == port)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() throws Exception {
        cluster.close();
    }
}
