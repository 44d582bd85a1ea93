package io.rpcboot.faults.cases;

import com.google.protobuf.ByteString;
import io.rpcboot.faults.proto.ActRequest;
import io.rpcboot.faults.proto.ActResponse;
import io.rpcboot.faults.proto.ActServiceAsync;
import io.rpcboot.transport.ClientConnection;
import io.rpcboot.transport.ConnectionInside;
import io.rpcboot.wire.RecordedFrames;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A8. */
final class A8OldFramesAndLargeIds implements FaultCase {

    private static final int CALLS = 10_000;
    private static final int AT_ONCE = 100;
    private static final Duration LONG = Duration.ofSeconds(60);

    @Override
    public String id() {
        return "A8";
    }

    @Override
    public String description() {
        return "Frames recorded of released versions; " + CALLS
                + " calls on one connection while the call id passes 2^31," + " and as many at 2^32";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        List<String> changed = RecordedFrames.changed();
        changed.forEach(one -> System.out.println("A8: " + one));
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.atMost(0, "recorded frames that are read otherwise than then", changed.size()));
        figures.add(Figure.atLeast(1, "recorded frames", RecordedFrames.count()));
        figures.add(Figure.atMost(0, "calls failed or with another's answer around 2^31", around(stage, 1L << 31)));
        figures.add(Figure.atMost(0, "calls failed or with another's answer around 2^32", around(stage, 1L << 32)));
        return figures;
    }

    /** Half of the calls come before the id, half after it. */
    private static int around(Stage stage, long id) throws Exception {
        LocalProvider provider = LocalProvider.serve(
                stage,
                request -> CompletableFuture.completedFuture(LocalProvider.answer(request).toBuilder()
                        .setPayload(request.getPayload())
                        .build()));
        ObservedClient client = ObservedClient.open(stage, provider.fixed());
        ActServiceAsync acts = client.acts().with(options -> options.timeout(LONG));
        int wrong = Failure.of(acts.act(ActRequest.getDefaultInstance())) == null ? 0 : 1;
        // The first call may have found no connection, so it is the second one that shows it.
        wrong += Failure.of(acts.act(ActRequest.getDefaultInstance())) == null ? 0 : 1;
        ClientConnection connection = client.connections().iterator().next();
        ConnectionInside.skipIdsBefore(connection, id - CALLS / 2).join();
        Deque<CompletableFuture<ActResponse>> open = new ArrayDeque<>();
        for (int i = 0; i < CALLS; i++) {
            if (open.size() == AT_ONCE) {
                wrong += isAnswered(open.remove(), i - AT_ONCE) ? 0 : 1;
            }
            open.add(acts.act(request(i)));
        }
        for (int i = CALLS - AT_ONCE; i < CALLS; i++) {
            wrong += isAnswered(open.remove(), i) ? 0 : 1;
        }
        boolean passed = ConnectionInside.lastId(connection).join() == id + CALLS / 2 - 1;
        return passed ? wrong : CALLS;
    }

    private static ActRequest request(int number) {
        return ActRequest.newBuilder()
                .setId(number)
                .setPayload(ByteString.copyFromUtf8("call " + number))
                .build();
    }

    private static boolean isAnswered(CompletableFuture<ActResponse> call, int number) throws Exception {
        return Failure.of(call) == null
                && call.join().getId() == number
                && call.join().getPayload().toStringUtf8().equals("call " + number);
    }
}
