package io.rpcboot.spring.zookeeper;

import io.rpcboot.Endpoint;
import io.rpcboot.naming.EndpointResolver;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.CuratorWatcher;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.framework.state.ConnectionStateListener;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher.Event.EventType;

/**
 * Finds the endpoints of mprpc peers, in the nodes that these keep at the root of ZooKeeper: all addresses that any method of a service has.
 * Believes the registry as {@link ZookeeperResolver} does. Safe for use by many threads; listeners are called on one thread of the resolver's
 * own.
 */
public final class MprpcResolver implements EndpointResolver, AutoCloseable {

    private static final Duration READ_AGAIN = Duration.ofSeconds(10);

    private final ZookeeperContact contact;
    private final Duration hold;
    private final SavedLists saved;
    private final DaemonThread thread = new DaemonThread("rpc-mprpc-resolver");
    private final ConnectionStateListener onConnection = this::connectionChanged;
    /** One for all nodes: ZooKeeper's client keeps each watch until it fires, and the same one for one node only once. */
    private final CuratorWatcher watcher = this::nodeChanged;

    private final Map<String, MprpcService> services = new HashMap<>();

    /**
     * Watches nothing yet.
     *
     * @param contact says for how long a new watch waits until it is told the saved or an empty list; stays the caller's to close
     * @param hold how long endpoints stay in the list when all or half of them disappear at once
     * @param saved keeps the lists for a start without ZooKeeper; used by this resolver alone
     */
    public MprpcResolver(ZookeeperContact contact, Duration hold, SavedLists saved) {
        this.contact = contact;
        this.hold = hold;
        this.saved = saved;
        contact.onChange(() -> forAll(MprpcService::contactChanged));
        contact.curator().getConnectionStateListenable().addListener(onConnection);
        thread.repeat(() -> services.values().forEach(MprpcService::readAgainIfStale), READ_AGAIN.toNanos());
    }

    /**
     * {@inheritDoc} While changes pour in, the listener is called about twice a second.
     *
     * @param service what mprpc peers call it
     * @throws IllegalArgumentException if what mprpc peers call the service cannot be the name of a node
     */
    @Override
    public Watch watch(String service, Consumer<List<Endpoint>> onChange) {
        String path = MprpcMethod.servicePath(service);
        EndpointListener listener = new EndpointListener(service, onChange);
        thread.queue(() -> join(service, path, listener));
        return () -> {
            listener.leave();
            thread.queue(() -> leave(service, listener));
        };
    }

    private void join(String service, String path, EndpointListener listener) {
        MprpcService known = services.get(service);
        if (known == null) {
            known = new MprpcService(service, path, contact, saved, hold, thread, watcher);
            services.put(service, known);
            known.start();
        }
        known.add(listener);
    }

    private void leave(String service, EndpointListener listener) {
        MprpcService known = services.get(service);
        if (known != null && known.remove(listener)) {
            services.remove(service);
            known.close();
        }
    }

    private void connectionChanged(CuratorFramework client, ConnectionState changed) {
        if (changed.isConnected()) {
            forAll(MprpcService::connected);
        }
    }

    private void nodeChanged(WatchedEvent event) {
        String path = event.getPath();
        if (event.getType() != EventType.None && path != null) {
            forAll(service -> service.changed(path));
        }
    }

    private void forAll(Consumer<MprpcService> task) {
        thread.queue(() -> services.values().forEach(task));
    }

    /** Ends all watches and the thread, without waiting for either; a listener may hear of a change that is being told. */
    @Override
    public void close() {
        contact.curator().getConnectionStateListenable().removeListener(onConnection);
        thread.queue(() -> {
            services.values().forEach(MprpcService::close);
            services.clear();
            thread.shutdown();
        });
    }
}
