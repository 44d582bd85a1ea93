package io.rpcboot.benchmarks.contender.rpc;

import io.rpcboot.Endpoint;
import io.rpcboot.benchmarks.contender.Client;
import io.rpcboot.benchmarks.contender.Contender;
import io.rpcboot.client.RpcClient;
import io.rpcboot.demo.proto.EchoServiceContract;
import io.rpcboot.demo.proto.UserServiceContract;
import io.rpcboot.naming.FixedEndpoints;
import io.rpcboot.server.Execution;
import io.rpcboot.server.RpcServer;
import io.rpcboot.server.ServiceOptions;
import io.rpcboot.transport.Transport;
import io.rpcboot.transport.TransportOptions;
import java.net.InetSocketAddress;
import java.util.List;

/** rpc-core without Spring: no metrics, all else as by default. */
public final class RpcCoreContender implements Contender {

    private final boolean onEventLoop;

    private RpcCoreContender(boolean onEventLoop) {
        this.onEventLoop = onEventLoop;
    }

    /** Services on the worker pool, callbacks on the client's own threads. */
    public static RpcCoreContender onWorkers() {
        return new RpcCoreContender(false);
    }

    /** Services and callbacks on the event loops. */
    public static RpcCoreContender onEventLoop() {
        return new RpcCoreContender(true);
    }

    @Override
    public AutoCloseable serve(int port) {
        Transport transport = Transport.tcp(TransportOptions.DEFAULT);
        ServiceOptions options =
                new ServiceOptions(onEventLoop ? Execution.EVENT_LOOP : Execution.WORKER, List.of(), List.of());
        RpcServer server = RpcServer.builder(transport)
                .application("benchmarks")
                .address(new InetSocketAddress("127.0.0.1", port))
                .service(UserServiceContract.INSTANCE.bind(new Users()), options)
                .service(EchoServiceContract.INSTANCE.bind(new Echoes()), options)
                .build();
        return started(server, transport);
    }

    /** Closing it closes both. */
    static AutoCloseable started(RpcServer server, Transport transport) {
        server.start();
        return () -> {
            server.close();
            transport.close();
        };
    }

    @Override
    public Client connect(int port) {
        Transport transport = Transport.tcp(TransportOptions.DEFAULT);
        RpcClient.Builder builder = RpcClient.builder(transport)
                .application("benchmarks")
                .resolver(FixedEndpoints.of(Endpoint.of("127.0.0.1", port)));
        if (onEventLoop) {
            builder.callbackExecutor(Runnable::run);
        }
        return RpcOperations.of(builder.build(), transport);
    }
}
