package io.rpcboot.faults.peer;

import io.rpcboot.Endpoint;
import io.rpcboot.client.RpcClient;
import io.rpcboot.faults.proto.ActRequest;
import io.rpcboot.faults.proto.ActServiceAsync;
import io.rpcboot.naming.FixedEndpoints;
import io.rpcboot.transport.Transport;
import io.rpcboot.transport.TransportOptions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A caller that begins a number of long calls and waits for ever: port of the provider, number of calls. */
public final class ManyCalls {

    private ManyCalls() {}

    public static void main(String[] args) throws InterruptedException {
        ParentWatch.start();
        RpcClient client = RpcClient.builder(Transport.tcp(TransportOptions.DEFAULT))
                .application("caller")
                .resolver(FixedEndpoints.of(Endpoint.of("127.0.0.1", Integer.parseInt(args[0]))))
                .build();
        ActServiceAsync acts =
                client.client(ActServiceAsync.class).with(options -> options.timeout(Duration.ofSeconds(60)));
        for (int i = 0; i < Integer.parseInt(args[1]); i++) {
            acts.act(ActRequest.newBuilder().setId(i).build());
        }
        new CountDownLatch(1).await();
    }
}
