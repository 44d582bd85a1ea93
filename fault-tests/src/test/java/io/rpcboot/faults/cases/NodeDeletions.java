package io.rpcboot.faults.cases;

import io.rpcboot.faults.registry.ZookeeperControl;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.cache.CuratorCache;
import org.apache.curator.framework.recipes.cache.CuratorCacheListener;
import org.apache.curator.framework.state.ConnectionState;

/** Counts the endpoints that leave the registry, and those that come. Safe for use by many threads. */
final class NodeDeletions implements AutoCloseable {

    private final CuratorCache cache;
    private final AtomicInteger deleted = new AtomicInteger();
    private final AtomicInteger created = new AtomicInteger();
    private final AtomicInteger reconnects = new AtomicInteger();

    private NodeDeletions(CuratorFramework curator) {
        this.cache = CuratorCache.build(curator, ZookeeperControl.ROOT + "/endpoints");
        curator.getConnectionStateListenable().addListener((client, state) -> {
            if (state == ConnectionState.RECONNECTED) {
                reconnects.incrementAndGet();
            }
        });
    }

    /** Starts watching; what is there already does not count. */
    static NodeDeletions watch(CuratorFramework curator) throws InterruptedException {
        NodeDeletions deletions = new NodeDeletions(curator);
        CountDownLatch known = new CountDownLatch(1);
        deletions
                .cache
                .listenable()
                .addListener(CuratorCacheListener.builder()
                        .afterInitialized()
                        .forDeletes(node -> deletions.deleted.incrementAndGet())
                        .forCreates(node -> deletions.created.incrementAndGet())
                        .build());
        deletions
                .cache
                .listenable()
                .addListener(CuratorCacheListener.builder()
                        .forInitialized(known::countDown)
                        .build());
        deletions.cache.start();
        if (!known.await(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the registry could not be read");
        }
        return deletions;
    }

    int count() {
        return deleted.get();
    }

    int creations() {
        return created.get();
    }

    /** How often the connection to ZooKeeper came back. */
    int reconnects() {
        return reconnects.get();
    }

    boolean sawTheRestart() {
        return reconnects.get() > 0;
    }

    @Override
    public void close() {
        cache.close();
    }
}
