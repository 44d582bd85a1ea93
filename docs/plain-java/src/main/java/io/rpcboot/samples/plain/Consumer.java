package io.rpcboot.samples.plain;

import com.google.protobuf.ByteString;
import io.rpcboot.client.RpcClient;
import io.rpcboot.client.ServiceOptions;
import io.rpcboot.naming.FixedEndpoints;
import io.rpcboot.naming.MprpcConfig;
import io.rpcboot.transport.MprpcService;
import io.rpcboot.transport.Transport;
import io.rpcboot.transport.TransportOptions;
import java.nio.file.Path;

/** Logs in at a provider that speaks mprpc, be it in C++ or in Java. Without the service's options it would speak the protocol of this framework. */
public final class Consumer {

    private Consumer() {}

    public static void main(String[] arguments) throws Exception {
        MprpcConfig config = MprpcConfig.read(Path.of(arguments[0]));
        ServiceOptions mprpc =
                ServiceOptions.builder().mprpc(MprpcService.DEFAULT).build();
        try (Transport transport = Transport.tcp(TransportOptions.DEFAULT);
                RpcClient client = RpcClient.builder(transport)
                        .mprpcResolver(FixedEndpoints.of(config.serverEndpoint()))
                        .service("fixbug.UserServiceRpc", mprpc)
                        .build()) {
            LoginResponse response = client.client(UserServiceRpc.class)
                    .login(LoginRequest.newBuilder()
                            .setName(ByteString.copyFromUtf8("zhang san"))
                            .setPwd(ByteString.copyFromUtf8("123456"))
                            .build());
            System.out.println("success: " + response.getSuccess());
        }
    }
}
