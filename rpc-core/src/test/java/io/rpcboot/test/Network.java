package io.rpcboot.test;

import io.rpcboot.Endpoint;
import io.rpcboot.client.RpcClient;
import io.rpcboot.contract.ServiceBinding;
import io.rpcboot.naming.InMemoryNaming;
import io.rpcboot.server.AdmissionOptions;
import io.rpcboot.server.RpcServer;
import io.rpcboot.transport.Transport;
import io.rpcboot.transport.TransportOptions;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.UnaryOperator;

/** Servers and clients of one test, with a registry between them; all are closed at its end, the last one first. */
public final class Network implements AutoCloseable {

    public static final Duration LONG = Duration.ofSeconds(30);

    /** Refuses nothing because the machine that runs the tests is slow. */
    private static final AdmissionOptions PATIENT = new AdmissionOptions(LONG, LONG);

    public final InMemoryNaming naming = new InMemoryNaming();
    private final Transport transport;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private Network(Transport transport) {
        this.transport = transport;
    }

    public static Network inProcess() {
        return inProcess(TransportOptions.DEFAULT);
    }

    public static Network inProcess(TransportOptions options) {
        return new Network(Transport.inProcess(options));
    }

    public static Network tcp() {
        return tcp(TransportOptions.DEFAULT);
    }

    public static Network tcp(TransportOptions options) {
        return new Network(Transport.tcp(options));
    }

    public Transport transport() {
        return transport;
    }

    /** A running server that offers the service, and is known to naming. */
    public RpcServer serve(Probe service) {
        return serve(ProbeContract.INSTANCE.bind(service), builder -> builder);
    }

    public RpcServer serve(Probe service, UnaryOperator<RpcServer.Builder> settings) {
        return serve(ProbeContract.INSTANCE.bind(service), settings);
    }

    public RpcServer serve(ServiceBinding binding, UnaryOperator<RpcServer.Builder> settings) {
        RpcServer server = settings.apply(RpcServer.builder(transport)
                        .address(new InetSocketAddress("127.0.0.1", 0))
                        .admission(PATIENT)
                        .service(binding))
                .build();
        server.start();
        opened.push(() -> server.stop(Duration.ofMillis(100)));
        server.announce(naming, Endpoint.of("127.0.0.1", server.port()));
        return server;
    }

    public RpcClient client() {
        return client(builder -> builder);
    }

    /** A client with long timeouts. */
    public RpcClient client(UnaryOperator<RpcClient.Builder> settings) {
        RpcClient client = settings.apply(
                        RpcClient.builder(transport).resolver(naming).timeout(LONG))
                .build();
        opened.push(client);
        return client;
    }

    /** Closes this too at the end of the test, before what was opened earlier. */
    public void closeLater(AutoCloseable what) {
        opened.push(what);
    }

    public Probe probe() {
        return client().client(Probe.class);
    }

    @Override
    public void close() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
        transport.close();
    }
}
