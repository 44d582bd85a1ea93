package io.rpcboot.faults.peer;

import io.rpcboot.CallContext;
import io.rpcboot.Endpoint;
import io.rpcboot.client.RpcClient;
import io.rpcboot.faults.proto.HopRequest;
import io.rpcboot.faults.proto.HopResponse;
import io.rpcboot.faults.proto.HopService;
import io.rpcboot.faults.proto.HopServiceContract;
import io.rpcboot.faults.proto.Visit;
import io.rpcboot.naming.FixedEndpoints;
import io.rpcboot.server.RpcServer;
import io.rpcboot.transport.Transport;
import io.rpcboot.transport.TransportOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A provider in a chain: name, port, directory of its journals, one of the calls it serves and one of those that were given up meanwhile. */
public final class HopProvider {

    /** What stands behind the name in the journal of the calls that were given up. */
    public static final String GIVEN_UP = "-given-up";

    private HopProvider() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        ParentWatch.start();
        Journal served = Journal.open(Path.of(args[2]), args[0]);
        Journal givenUp = Journal.open(Path.of(args[2]), args[0] + GIVEN_UP);
        Transport transport = Transport.tcp(TransportOptions.DEFAULT);
        RpcServer server = RpcServer.builder(transport)
                .application(args[0])
                .address(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[1])))
                .service(HopServiceContract.INSTANCE.bind(new Hops(args[0], transport, served, givenUp)))
                .build();
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        // A server's threads are daemons: somebody has to stay.
        new CountDownLatch(1).await();
    }

    /** Notes what it finds, works, and asks the next one. Safe for use by many threads. */
    private static final class Hops implements HopService {

        private final String name;
        private final Transport transport;
        private final Journal served;
        private final Journal givenUp;
        private final Map<Integer, HopService> others = new ConcurrentHashMap<>();

        Hops(String name, Transport transport, Journal served, Journal givenUp) {
            this.name = name;
            this.transport = transport;
            this.served = served;
            this.givenUp = givenUp;
        }

        @Override
        public HopResponse hop(HopRequest request) {
            CallContext context = Objects.requireNonNull(CallContext.current(), "a handler has a context");
            long start = System.nanoTime();
            note(served, request, context);
            context.cancellation().onCancel(() -> note(givenUp, request, context));
            Visit visit = Visit.newBuilder()
                    .setPeer(name)
                    .setLeftNanos(context.deadline().nanoTime() - start)
                    .setStartNanos(start)
                    .setWallMillis(System.currentTimeMillis())
                    .build();
            work(start + TimeUnit.MILLISECONDS.toNanos(request.getWorkMs()));
            HopResponse.Builder response = HopResponse.newBuilder().addVisits(visit);
            if (request.getNextPortsCount() > 0) {
                response.mergeFrom(next(request.getNextPorts(0)).hop(withoutFirst(request)));
            }
            return response.build();
        }

        private static void note(Journal journal, HopRequest request, CallContext context) {
            long left = context.deadline().remainingNanos();
            journal.add(request.getId(), context.attempt(), System.nanoTime(), TimeUnit.NANOSECONDS.toMillis(left));
        }

        private static void work(long untilNanos) {
            while (untilNanos - System.nanoTime() > 0) {
                LockSupport.parkNanos(untilNanos - System.nanoTime());
            }
        }

        private static HopRequest withoutFirst(HopRequest request) {
            return request.toBuilder()
                    .clearNextPorts()
                    .addAllNextPorts(request.getNextPortsList().subList(1, request.getNextPortsCount()))
                    .build();
        }

        /** Has no limit of its own, so that it is the caller's deadline that counts. */
        private HopService next(int port) {
            return others.computeIfAbsent(
                    port,
                    to -> RpcClient.builder(transport)
                            .application(name)
                            .resolver(FixedEndpoints.of(Endpoint.of("127.0.0.1", to)))
                            .timeout(Duration.ofMinutes(1))
                            .build()
                            .client(HopService.class));
        }
    }
}
