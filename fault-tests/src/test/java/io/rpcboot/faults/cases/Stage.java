package io.rpcboot.faults.cases;

import io.rpcboot.client.RpcClient;
import io.rpcboot.faults.peer.ConsumerApplication;
import io.rpcboot.faults.peer.PeerHost;
import io.rpcboot.faults.peer.PeerProcess;
import io.rpcboot.faults.peer.PlainProvider;
import io.rpcboot.faults.peer.Ports;
import io.rpcboot.faults.peer.ProviderApplication;
import io.rpcboot.faults.peer.RelayProvider;
import io.rpcboot.faults.proto.ActServiceContract;
import io.rpcboot.faults.registry.ZookeeperControl;
import io.rpcboot.naming.EndpointResolver;
import io.rpcboot.spring.zookeeper.ZookeeperResolver;
import io.rpcboot.transport.Transport;
import io.rpcboot.transport.TransportOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;

/** Where one run of a case takes place: its directory, its processes and clients, all gone when it is closed. Used by one thread. */
public final class Stage implements AutoCloseable {

    public static final String SERVICE = ActServiceContract.INSTANCE.name();

    private final Path directory;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private @Nullable ZookeeperControl zookeeper;

    private Stage(Path directory) {
        this.directory = directory;
    }

    /** A stage that keeps journals and logs in a new directory below this one. */
    static Stage below(Path parent, String name) throws IOException {
        Files.createDirectories(parent);
        return new Stage(Files.createTempDirectory(parent, name + "-"));
    }

    Path directory() {
        return directory;
    }

    /** Closes it with the stage, before what was opened earlier. */
    <T extends AutoCloseable> T closing(T resource) {
        open.push(resource);
        return resource;
    }

    /** The ZooKeeper of this stage, started when first asked for. */
    ZookeeperControl zookeeper() throws Exception {
        if (zookeeper == null) {
            zookeeper = closing(ZookeeperControl.start(
                    directory.resolve("zookeeper"), Ports.free(1).get(0)));
        }
        return zookeeper;
    }

    /** A provider without Spring; it may not listen yet. */
    PeerProcess plain(String name, int port, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(name, Integer.toString(port), directory.toString()));
        arguments.addAll(more.length == 0 ? List.of("200") : List.of(more));
        return closing(PeerProcess.start(directory, name, port, PlainProvider.class, arguments));
    }

    /** As above, on another host. */
    PeerProcess plain(PeerHost host, String name, int port) throws IOException {
        List<String> arguments =
                List.of(name, Integer.toString(port), directory.toString(), "200", "address=" + host.address());
        return closing(PeerProcess.start(host, directory, name, port, PlainProvider.class, arguments));
    }

    /** A provider that asks the one on the next port; it may not listen yet. */
    PeerProcess relay(String name, int port, int next) throws IOException {
        List<String> arguments = List.of(name, Integer.toString(port), Integer.toString(next));
        return closing(PeerProcess.start(directory, name, port, RelayProvider.class, arguments));
    }

    /** A Spring Boot provider that announces itself in this stage's ZooKeeper; it may not listen yet. */
    PeerProcess spring(String name, int port, String... more) throws Exception {
        return springAt(zookeeper().address(), name, port, more);
    }

    /** A Spring Boot provider that announces itself in the ZooKeeper at these addresses; it may not listen yet. */
    PeerProcess springAt(String zookeeperAddresses, String name, int port, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.application.name=acts",
                "--spring.main.banner-mode=off",
                "--spring.cloud.zookeeper.connect-string=" + zookeeperAddresses,
                "--rpc.server.address=127.0.0.1",
                "--rpc.server.port=" + port,
                "--journal.directory=" + directory,
                "--journal.peer=" + name));
        arguments.addAll(List.of(more));
        return closing(PeerProcess.start(directory, name, port, ProviderApplication.class, arguments));
    }

    /** A Spring Boot consumer in this process that finds endpoints in this stage's ZooKeeper; it has started. */
    ConsumerApplication consumer(String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.application.name=consumer",
                "--spring.main.banner-mode=off",
                "--spring.main.web-application-type=none",
                "--spring.cloud.zookeeper.connect-string=" + zookeeper().address()));
        arguments.addAll(List.of(more));
        return closing(SpringApplication.run(ConsumerApplication.class, arguments.toArray(String[]::new)))
                .getBean(ConsumerApplication.class);
    }

    /** A client that finds endpoints by this resolver; it lives as long as the stage. */
    RpcClient client(EndpointResolver resolver) {
        return client(resolver, TransportOptions.DEFAULT);
    }

    RpcClient client(EndpointResolver resolver, TransportOptions options) {
        Transport transport = closing(Transport.tcp(options.withEventLoops(1)));
        return closing(RpcClient.builder(transport)
                .application("load")
                .resolver(resolver)
                .callbackExecutor(Runnable::run)
                .build());
    }

    /** Finds endpoints in this stage's ZooKeeper, with a session of its own. */
    ZookeeperResolver resolver() throws Exception {
        return closing(new ZookeeperResolver(zookeeper().client(), ZookeeperControl.ROOT));
    }

    @Override
    public void close() throws Exception {
        Exception failure = null;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                if (failure != null) {
                    e.addSuppressed(failure);
                }
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
