package io.rpcboot.samples.plain;

import io.rpcboot.naming.MprpcConfig;
import io.rpcboot.server.RpcServer;
import io.rpcboot.transport.MprpcOptions;
import io.rpcboot.transport.Transport;
import io.rpcboot.transport.TransportOptions;
import java.nio.file.Path;

/** The three steps of an mprpc provider: initialise from a configuration, register services, run. */
public final class Provider {

    private Provider() {}

    public static void main(String[] arguments) throws Exception {
        MprpcConfig config = MprpcConfig.read(Path.of(arguments[0]));
        try (Transport transport = Transport.tcp(TransportOptions.DEFAULT);
                RpcServer server = RpcServer.builder(transport)
                        .address(config.serverAddress())
                        .mprpc(MprpcOptions.DEFAULT)
                        .service(UserServiceRpcContract.INSTANCE.bind(new Users()))
                        .build()) {
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            server.start();
            server.join();
        }
    }
}
