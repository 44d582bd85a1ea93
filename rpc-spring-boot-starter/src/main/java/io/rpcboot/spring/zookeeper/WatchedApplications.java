package io.rpcboot.spring.zookeeper;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.apache.curator.framework.CuratorFramework;

/** Opens one watch per application that somebody needs, and closes it when nobody does. Lives on the resolver's thread. */
final class WatchedApplications {

    private final CuratorFramework curator;
    private final RegistryPaths paths;
    private final DaemonThread thread;
    private final Map<String, WatchedApplication> byName = new HashMap<>();

    WatchedApplications(CuratorFramework curator, RegistryPaths paths, DaemonThread thread) {
        this.curator = curator;
        this.paths = paths;
        this.thread = thread;
    }

    /** The applications that say they offer the service; not started yet. */
    WatchedChildren index(String service, Runnable onChange) {
        return new WatchedChildren(curator, paths.service(service), thread, onChange);
    }

    WatchedApplication join(String name, Runnable onChange) {
        WatchedApplication known = byName.get(name);
        if (known != null) {
            known.add(onChange);
            return known;
        }
        WatchedApplication opened = new WatchedApplication(curator, paths, name, thread);
        byName.put(name, opened);
        opened.add(onChange);
        opened.start();
        return opened;
    }

    void leave(String name, Runnable onChange) {
        WatchedApplication known = byName.get(name);
        if (known != null && known.remove(onChange)) {
            byName.remove(name);
            known.close();
        }
    }

    void readAgainIfStale() {
        new ArrayList<>(byName.values()).forEach(WatchedApplication::readAgainIfStale);
    }

    void close() {
        byName.values().forEach(WatchedApplication::close);
        byName.clear();
    }

    /** Which registry this is. */
    @Override
    public String toString() {
        return paths.root() + " at " + curator.getZookeeperClient().getCurrentConnectionString();
    }
}
