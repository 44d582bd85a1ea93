package io.rpcboot.demo.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.zookeeper.server.embedded.ExitHandler;
import org.apache.zookeeper.server.embedded.ZooKeeperServerEmbedded;

/** A ZooKeeper in this process, reachable from this machine only. */
final class EmbeddedZooKeeper implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    private final ZooKeeperServerEmbedded server;

    private EmbeddedZooKeeper(ZooKeeperServerEmbedded server) {
        this.server = server;
    }

    /**
     * Starts it and waits until it serves.
     *
     * @param data the directory it keeps its files in
     */
    static EmbeddedZooKeeper start(int port, Path data) {
        Properties settings = new Properties();
        settings.setProperty("clientPort", Integer.toString(port));
        settings.setProperty("clientPortAddress", "127.0.0.1");
        settings.setProperty("tickTime", "1000");
        settings.setProperty("maxClientCnxns", "0");
        settings.setProperty("admin.enableServer", "false");
        try {
            ZooKeeperServerEmbedded server = ZooKeeperServerEmbedded.builder()
                    .baseDir(Files.createDirectories(data))
                    .configuration(settings)
                    .exitHandler(ExitHandler.LOG_ONLY)
                    .build();
            server.start(START_LIMIT.toMillis());
            return new EmbeddedZooKeeper(server);
        } catch (Exception e) {
            throw new DemoException("ZooKeeper does not start on port " + port, e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
