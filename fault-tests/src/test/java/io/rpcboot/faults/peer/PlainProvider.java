package io.rpcboot.faults.peer;

import io.rpcboot.faults.proto.ActServiceContract;
import io.rpcboot.server.RpcServer;
import io.rpcboot.transport.Transport;
import io.rpcboot.transport.TransportOptions;
import io.rpcboot.transport.WorkerThreads;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A provider without Spring and registry: name, port, directory of the journal, number of worker threads, {@code checksum} or nothing. */
public final class PlainProvider {

    private PlainProvider() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        ParentWatch.start();
        String name = args[0];
        Path directory = Path.of(args[2]);
        boolean checksum = args.length > 4 && args[4].equals("checksum");
        RpcServer server = RpcServer.builder(Transport.tcp(TransportOptions.DEFAULT.withChecksum(checksum)))
                .application(name)
                .address(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[1])))
                .workers(WorkerThreads.platform(Integer.parseInt(args[3]), "worker"))
                .interceptor(new AttemptOfCall())
                .service(ActServiceContract.INSTANCE.bind(
                        new JournaledActs(name, Journal.open(directory, name), Defect.of(directory, name))))
                .build();
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        // A server's threads are daemons: somebody has to stay.
        new CountDownLatch(1).await();
    }
}
