package io.rpcboot.faults.cases;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.rpcboot.CallGate;
import io.rpcboot.Cancellation;
import io.rpcboot.Deadline;
import io.rpcboot.Endpoint;
import io.rpcboot.Metadata;
import io.rpcboot.Outcome;
import io.rpcboot.RpcCall;
import io.rpcboot.RpcException;
import io.rpcboot.RpcReply;
import io.rpcboot.RpcStatus;
import io.rpcboot.client.RpcClient;
import io.rpcboot.faults.net.FaultProxy;
import io.rpcboot.faults.net.LinkFaults;
import io.rpcboot.faults.proto.ActRequest;
import io.rpcboot.faults.proto.ActResponse;
import io.rpcboot.faults.proto.ActServiceAsync;
import io.rpcboot.faults.proto.ActServiceContract;
import io.rpcboot.naming.FixedEndpoints;
import io.rpcboot.transport.ClientConnection;
import io.rpcboot.transport.ConnectionInside;
import io.rpcboot.transport.Identity;
import io.rpcboot.transport.Transport;
import io.rpcboot.transport.TransportOptions;
import io.rpcboot.wire.FrameLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** A3. The handlers' journal is a set in this process. */
final class A3FailurePoints implements FaultCase {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(1);
    private static final int REPLY_LIMIT = 64 * 1024;
    private static final String THROW = "throw";
    private static final String LARGE = "large";
    private static final CallGate GATE = context -> {
        if (context.metadata().text("refuse") != null) {
            throw new RpcException(RpcStatus.PERMISSION_DENIED, "refused as it was asked");
        }
    };

    private final Set<Long> journal = ConcurrentHashMap.newKeySet();
    private final Set<Long> toldDidNotRun = new HashSet<>();
    private final List<Figure> figures = new ArrayList<>();
    private final int times;
    private long lastId;

    A3FailurePoints(int times) {
        this.times = times;
    }

    @Override
    public String id() {
        return "A3";
    }

    @Override
    public String description() {
        return "Calls that fail at seven points of their way, " + times
                + " times each, and safe calls whose second attempt fails otherwise than the first";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        LocalProvider provider = LocalProvider.serve(stage, this::act, server -> server.gate(GATE));
        TransportOptions smallReplies = TransportOptions.DEFAULT.withLimits(new FrameLimits(
                FrameLimits.DEFAULT.maxHeaderBytes(), REPLY_LIMIT, FrameLimits.DEFAULT.maxMetadataBytes()));
        ActServiceAsync acts = acts(stage.client(provider.fixed(), smallReplies));
        ActServiceAsync lost = acts(stage.client(FixedEndpoints.of()));
        Transport transport = stage.closing(Transport.tcp(TransportOptions.DEFAULT.withEventLoops(1)));
        FaultProxy proxy = stage.closing(FaultProxy.start(provider.port(), 3));

        point("no address", Outcome.DID_NOT_RUN, false, request -> Failure.of(lost.act(request)));
        point("before the write", Outcome.DID_NOT_RUN, false, request -> beforeWrite(transport, provider, request));
        point("after the write", Outcome.MAY_HAVE_RUN, false, request -> afterWrite(transport, proxy, request));
        point(
                "refused by the server",
                Outcome.DID_NOT_RUN,
                false,
                request -> Failure.of(
                        acts.with(options -> options.metadata("refuse", "yes")).act(request)));
        point("inside the handler", Outcome.RAN, true, request -> Failure.of(acts.act(doing(request, THROW))));
        point("after the handler", Outcome.RAN, true, request -> Failure.of(acts.act(doing(request, LARGE))));
        point("answer lost", Outcome.MAY_HAVE_RUN, true, request -> answerLost(transport, proxy, request));
        sentAgain(stage, provider);
        figures.add(Figure.atMost(
                0,
                "calls that 'did not run' and are in the journal (I4)",
                toldDidNotRun.stream().filter(journal::contains).count()));
        return List.copyOf(figures);
    }

    private CompletableFuture<ActResponse> act(ActRequest request) {
        journal.add(request.getId());
        return switch (request.getPayload().toStringUtf8()) {
            case THROW -> throw new RpcException(RpcStatus.ABORTED, "failed as it was asked");
            case LARGE ->
                CompletableFuture.completedFuture(ActResponse.newBuilder()
                        .setPayload(ByteString.copyFrom(new byte[2 * REPLY_LIMIT]))
                        .build());
            default -> LocalProvider.answered(request);
        };
    }

    private void point(String name, Outcome expected, boolean runs, Attempt attempt) throws Exception {
        int wrong = 0;
        for (int i = 0; i < times; i++) {
            ActRequest request = ActRequest.newBuilder().setId(++lastId).build();
            RpcException failure = attempt.make(request);
            if (!judge(request, failure, expected) || journal.contains(request.getId()) != runs) {
                System.out.println("A3, " + name + ", call " + request.getId() + ": " + failure);
                wrong++;
            }
        }
        figures.add(Figure.atMost(0, "calls told otherwise than '" + expected + "': " + name, wrong));
    }

    private boolean judge(ActRequest request, RpcException failure, Outcome expected) {
        if (failure != null && failure.outcome() == Outcome.DID_NOT_RUN) {
            toldDidNotRun.add(request.getId());
        }
        return failure != null && failure.outcome() == expected;
    }

    private RpcException beforeWrite(Transport transport, LocalProvider provider, ActRequest request) throws Exception {
        ClientConnection connection = connect(transport, provider.port());
        // The event loop closes before it looks at what there is to write.
        connection.close();
        return Failure.of(connection.invoke(call(request)));
    }

    private RpcException afterWrite(Transport transport, FaultProxy proxy, ActRequest request) throws Exception {
        proxy.faults(LinkFaults.NONE, LinkFaults.NONE);
        ClientConnection connection = connect(transport, proxy.port());
        proxy.faults(LinkFaults.STALL, LinkFaults.NONE);
        CompletableFuture<RpcReply> reply = connection.invoke(call(request));
        await().pollInterval(POLL)
                .atMost(LONG)
                .until(() -> !ConnectionInside.isAtRest(connection).join());
        proxy.resetAll();
        return Failure.of(reply);
    }

    private RpcException answerLost(Transport transport, FaultProxy proxy, ActRequest request) throws Exception {
        proxy.faults(LinkFaults.NONE, LinkFaults.NONE);
        ClientConnection connection = connect(transport, proxy.port());
        proxy.faults(LinkFaults.NONE, LinkFaults.STALL);
        CompletableFuture<RpcReply> reply = connection.invoke(call(request));
        await().pollInterval(POLL).atMost(LONG).until(() -> journal.contains(request.getId()));
        proxy.resetAll();
        return Failure.of(reply);
    }

    /** The first attempt runs and its answer is lost; the second finds nobody. */
    private void sentAgain(Stage stage, LocalProvider provider) throws Exception {
        int wrong = 0;
        for (int i = 0; i < times / 10; i++) {
            try (FaultProxy proxy = FaultProxy.start(provider.port(), i)) {
                ActServiceAsync acts = acts(stage.client(FixedEndpoints.of(Endpoint.of("127.0.0.1", proxy.port()))));
                Failure.of(acts.read(ActRequest.newBuilder().setId(++lastId).build()));
                proxy.faults(LinkFaults.NONE, LinkFaults.STALL);
                ActRequest request = ActRequest.newBuilder().setId(++lastId).build();
                CompletableFuture<ActResponse> reply = acts.read(request);
                await().pollInterval(POLL).atMost(LONG).until(() -> journal.contains(request.getId()));
                proxy.close();
                wrong += judge(request, Failure.of(reply), Outcome.MAY_HAVE_RUN) ? 0 : 1;
            }
        }
        figures.add(Figure.atMost(
                0, "safe calls told otherwise than 'MAY_HAVE_RUN': first attempt ran; second found nobody", wrong));
    }

    private static ActServiceAsync acts(RpcClient client) {
        return client.client(ActServiceAsync.class).with(options -> options.timeout(Duration.ofSeconds(5)));
    }

    private static ActRequest doing(ActRequest request, String what) {
        return request.toBuilder().setPayload(ByteString.copyFromUtf8(what)).build();
    }

    /** A connection that has nothing more to do: both sides have greeted. */
    private static ClientConnection connect(Transport transport, int port) {
        ClientConnection connection = transport
                .connect(Endpoint.of("127.0.0.1", port), Identity.of("a3"))
                .join();
        await().pollInterval(POLL)
                .atMost(LONG)
                .until(() -> connection.peerIncarnation() != 0
                        && ConnectionInside.isAtRest(connection).join());
        return connection;
    }

    private static RpcCall call(ActRequest request) {
        return RpcCall.unary(ActServiceContract.ACT, request, Metadata.EMPTY, Deadline.after(LONG), new Cancellation());
    }

    /** Makes a call that is to fail; its failure. */
    private interface Attempt {
        RpcException make(ActRequest request) throws Exception;
    }
}
