package io.rpcboot.faults.peer;

import io.rpcboot.faults.proto.ActServiceContract;
import io.rpcboot.faults.proto.StuckServiceContract;
import io.rpcboot.server.RpcServer;
import io.rpcboot.transport.Transport;
import io.rpcboot.transport.TransportOptions;
import io.rpcboot.transport.WorkerThreads;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A provider without Spring and registry: name, port, directory of the journal, number of worker threads, and any of the words
 * {@code checksum}, {@code stuck} for a second service whose calls never return, {@code address=...} for an address other than loopback.
 */
public final class PlainProvider {

    private static final String ADDRESS = "address=";

    private PlainProvider() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        ParentWatch.start();
        String name = args[0];
        Path directory = Path.of(args[2]);
        List<String> words = List.of(args).subList(4, args.length);
        Journal journal = Journal.open(directory, name);
        RpcServer.Builder server = RpcServer.builder(
                        Transport.tcp(TransportOptions.DEFAULT.withChecksum(words.contains("checksum"))))
                .application(name)
                .address(new InetSocketAddress(address(words), Integer.parseInt(args[1])))
                .workers(WorkerThreads.platform(Integer.parseInt(args[3]), "worker"))
                .interceptor(new AttemptOfCall())
                .service(
                        ActServiceContract.INSTANCE.bind(new JournaledActs(name, journal, Defect.of(directory, name))));
        if (words.contains("stuck")) {
            server.service(StuckServiceContract.INSTANCE.bind(new StuckActs(journal)));
        }
        serve(server.build());
    }

    private static String address(List<String> words) {
        return words.stream()
                .filter(word -> word.startsWith(ADDRESS))
                .map(word -> word.substring(ADDRESS.length()))
                .findFirst()
                .orElse("127.0.0.1");
    }

    /** Serves until the process is asked to end. */
    static void serve(RpcServer server) throws InterruptedException {
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        // A server's threads are daemons: somebody has to stay.
        new CountDownLatch(1).await();
    }
}
