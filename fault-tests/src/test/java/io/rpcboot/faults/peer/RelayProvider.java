package io.rpcboot.faults.peer;

import io.rpcboot.Endpoint;
import io.rpcboot.client.RpcClient;
import io.rpcboot.faults.proto.ActRequest;
import io.rpcboot.faults.proto.ActResponse;
import io.rpcboot.faults.proto.ActService;
import io.rpcboot.faults.proto.ActServiceContract;
import io.rpcboot.naming.FixedEndpoints;
import io.rpcboot.server.RpcServer;
import io.rpcboot.transport.Transport;
import io.rpcboot.transport.TransportOptions;
import java.net.InetSocketAddress;

/** A provider that asks the next one of a chain and keeps no journal: name, port, port of the next. */
public final class RelayProvider {

    private RelayProvider() {}

    public static void main(String[] args) throws InterruptedException {
        ParentWatch.start();
        Transport transport = Transport.tcp(TransportOptions.DEFAULT);
        RpcClient client = RpcClient.builder(transport)
                .application(args[0])
                .resolver(FixedEndpoints.of(Endpoint.of("127.0.0.1", Integer.parseInt(args[2]))))
                .build();
        PlainProvider.serve(RpcServer.builder(transport)
                .application(args[0])
                .address(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[1])))
                .service(ActServiceContract.INSTANCE.bind(new RelayedActs(client.client(ActService.class))))
                .build());
    }

    private record RelayedActs(ActService next) implements ActService {

        @Override
        public ActResponse act(ActRequest request) {
            return next.act(request);
        }

        @Override
        public ActResponse read(ActRequest request) {
            return next.read(request);
        }
    }
}
