package io.rpcboot.spring.autoconfigure;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Fails the start while ZooKeeper cannot be reached. */
final class RegistryCheck implements SmartInitializingSingleton {

    private final CuratorFramework curator;
    private final Duration atMost;

    RegistryCheck(CuratorFramework curator, Duration atMost) {
        this.curator = curator;
        this.atMost = atMost;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (!isConnected()) {
            throw new RegistryUnavailableException(curator.getZookeeperClient().getCurrentConnectionString(), atMost);
        }
    }

    private boolean isConnected() {
        try {
            return curator.blockUntilConnected((int) atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
