package io.rpcboot.spring.zookeeper;

import io.rpcboot.Endpoint;
import io.rpcboot.naming.EndpointResolver;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.curator.framework.CuratorFramework;

/**
 * Finds endpoints in ZooKeeper and watches those services that are asked for, no others. The last list stays while ZooKeeper is away, and a
 * registry that loses all or half of a service's endpoints at once is doubted for a while. Safe for use by many threads; listeners are called
 * on one thread of the resolver's own.
 */
public final class ZookeeperResolver implements EndpointResolver, AutoCloseable {

    private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(1);
    private static final Duration DEFAULT_HOLD = Duration.ofSeconds(15);
    private static final Duration READ_AGAIN = Duration.ofSeconds(10);

    private final ZookeeperContact contact;
    private final RegistryPaths paths;
    private final Duration hold;
    private final SavedLists saved;
    private final Function<String, Optional<String>> applicationOf;
    private final DaemonThread thread = new DaemonThread("rpc-zookeeper-resolver");
    private final WatchedApplications applications;
    private final Map<String, WatchedService> services = new HashMap<>();

    /**
     * Waits 1 s for ZooKeeper where it may still come; doubts for 15 s; takes the index's word for who offers a service.
     *
     * @param curator may be without a connection for now; stays the caller's to close
     * @param root path in ZooKeeper that holds everything, {@code /rpc} for instance
     */
    public ZookeeperResolver(CuratorFramework curator, String root) {
        this(
                new ZookeeperContact(curator, DEFAULT_PATIENCE),
                root,
                DEFAULT_HOLD,
                service -> Optional.empty(),
                SavedLists.none());
    }

    /**
     * As above, with other values.
     *
     * @param contact says for how long a new watch waits until it is told the saved or an empty list; closed with the resolver
     * @param hold how long endpoints stay in the list when all or half of them disappear at once
     * @param applicationOf the one application to look for a service in, by the service's full name, without a look at the index
     * @param saved keeps the lists for a start without ZooKeeper; used by this resolver alone
     */
    public ZookeeperResolver(
            ZookeeperContact contact,
            String root,
            Duration hold,
            Function<String, Optional<String>> applicationOf,
            SavedLists saved) {
        this.contact = contact;
        this.saved = saved;
        this.paths = new RegistryPaths(root);
        this.hold = hold;
        this.applicationOf = applicationOf;
        this.applications = new WatchedApplications(contact.curator(), paths, thread);
        contact.onChange(() -> thread.queue(this::contactChanged));
        thread.repeat(this::readAgainWhatIsStale, READ_AGAIN.toNanos());
    }

    /**
     * {@inheritDoc} While changes pour in, the listener is called about twice a second.
     *
     * @throws IllegalArgumentException if the name cannot be that of a service
     */
    @Override
    public Watch watch(String service, Consumer<List<Endpoint>> onChange) {
        paths.service(service);
        EndpointListener listener = new EndpointListener(service, onChange);
        thread.queue(() -> join(service, listener));
        return () -> {
            listener.leave();
            thread.queue(() -> leave(service, listener));
        };
    }

    /** Whether there is a connection to ZooKeeper now; answers at once. */
    public boolean connected() {
        return contact.isConnected();
    }

    /** How long ago the lists were last known to be those of ZooKeeper; zero while there is a connection. */
    public Duration age() {
        return contact.age();
    }

    private void join(String service, EndpointListener listener) {
        WatchedService known = services.get(service);
        if (known == null) {
            known = new WatchedService(
                    service, contact, applications, saved, applicationOf.apply(service), hold, thread);
            services.put(service, known);
            known.start();
        }
        known.add(listener);
    }

    private void leave(String service, EndpointListener listener) {
        WatchedService known = services.get(service);
        if (known != null && known.remove(listener)) {
            services.remove(service);
            known.close();
        }
    }

    private void contactChanged() {
        services.values().forEach(WatchedService::contactChanged);
    }

    private void readAgainWhatIsStale() {
        services.values().forEach(WatchedService::readAgainIfStale);
        applications.readAgainIfStale();
    }

    /** Ends all watches and the thread, without waiting for either; a listener may hear of a change that is being told. */
    @Override
    public void close() {
        contact.close();
        thread.queue(() -> {
            services.values().forEach(WatchedService::close);
            services.clear();
            applications.close();
            thread.shutdown();
        });
    }
}
