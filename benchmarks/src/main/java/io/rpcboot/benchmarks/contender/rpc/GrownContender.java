package io.rpcboot.benchmarks.contender.rpc;

import io.rpcboot.Endpoint;
import io.rpcboot.benchmarks.contender.Client;
import io.rpcboot.benchmarks.contender.Contender;
import io.rpcboot.client.RpcClient;
import io.rpcboot.demo.proto.EchoServiceContract;
import io.rpcboot.demo.proto.UserServiceContract;
import io.rpcboot.naming.FixedEndpoints;
import io.rpcboot.server.AdmissionOptions;
import io.rpcboot.server.RpcServer;
import io.rpcboot.transport.ConnectionLimits;
import io.rpcboot.transport.ServerLimits;
import io.rpcboot.transport.Transport;
import io.rpcboot.transport.TransportOptions;
import io.rpcboot.transport.WorkerThreads;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * rpc-core with limits so wide that growth meets none of them, offering many services, or called at many endpoints. The latter are addresses of
 * loopback, all of which lead to the one server where the system takes 127.0.0.0/8 for itself, as Linux does.
 */
public final class GrownContender implements Contender {

    private static final String NAME = "grown";
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int WIDE = 1 << 15;
    private static final long WIDE_BYTES = 128 << 20;

    private final int services;
    private final int endpoints;
    private @Nullable Transport shared;
    private @Nullable ExecutorService callbacks;

    private GrownContender(int services, int endpoints) {
        this.services = services;
        this.endpoints = endpoints;
    }

    /** The name by which {@link #ofName} finds it. */
    public static String name(int services, int endpoints) {
        return NAME + ':' + services + ':' + endpoints;
    }

    public static boolean isName(String name) {
        return name.matches(NAME + ":\\d+:\\d+");
    }

    public static GrownContender ofName(String name) {
        String[] parts = name.split(":");
        return new GrownContender(Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }

    @Override
    public AutoCloseable serve(int port) {
        Transport transport = transport();
        RpcServer.Builder builder = RpcServer.builder(transport)
                .application("benchmarks")
                .address(new InetSocketAddress(endpoints == 1 ? "127.0.0.1" : "0.0.0.0", port))
                .admission(new AdmissionOptions(LONG, LONG))
                .limits(ServerLimits.defaults()
                        .withConnections(new ConnectionLimits(WIDE, WIDE))
                        .withUnansweredBytes(WIDE_BYTES, WIDE_BYTES))
                .service(UserServiceContract.INSTANCE.bind(new Users()))
                .service(EchoServiceContract.INSTANCE.bind(new Echoes()));
        for (int i = 2; i < services; i++) {
            builder.service(new NumberedContract(i).bind(new Echoes()));
        }
        return RpcCoreContender.started(builder.build(), transport);
    }

    @Override
    public Client connect(int port) {
        Transport transport = transport();
        ExecutorService threads = callbackThreads();
        return RpcOperations.of(client(port, transport, threads), () -> {
            threads.shutdown();
            transport.close();
        });
    }

    /** With event loops and callback threads that all of them share, and that end with the process. */
    @Override
    public Client connectOneOfMany(int port) {
        if (shared == null || callbacks == null) {
            shared = transport();
            callbacks = callbackThreads();
        }
        return RpcOperations.of(client(port, shared, callbacks), () -> {});
    }

    private RpcClient client(int port, Transport transport, ExecutorService threads) {
        return RpcClient.builder(transport)
                .application("benchmarks")
                .timeout(LONG)
                .callbackExecutor(threads)
                .resolver(FixedEndpoints.of(IntStream.range(0, endpoints)
                        .mapToObj(i -> Endpoint.of("127.0." + i / 250 + '.' + (1 + i % 250), port))
                        .toArray(Endpoint[]::new)))
                .build();
    }

    private static ExecutorService callbackThreads() {
        return WorkerThreads.platform(WIDE, "rpc-callback");
    }

    private static Transport transport() {
        return Transport.tcp(TransportOptions.DEFAULT.withMaxCalls(WIDE));
    }
}
