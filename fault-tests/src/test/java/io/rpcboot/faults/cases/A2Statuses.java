package io.rpcboot.faults.cases;

import com.google.protobuf.ByteString;
import io.rpcboot.Endpoint;
import io.rpcboot.Outcome;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.faults.net.ScriptedServer;
import io.rpcboot.faults.proto.ActRequest;
import io.rpcboot.faults.proto.ActResponse;
import io.rpcboot.faults.proto.ActServiceAsync;
import io.rpcboot.naming.FixedEndpoints;
import io.rpcboot.wire.schema.RpcHeader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A2. */
final class A2Statuses implements FaultCase {

    /** Characters of a status message that a server sends; docs/wire-protocol.md, section 6. */
    private static final int MESSAGE_LIMIT = 2_048;

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int FIRST_UNKNOWN = 17;
    private static final int LAST_UNKNOWN = 1_000;

    private static final List<String> TEXTS = List.of(
            "",
            "plain",
            "Grüße, 你好, \uD83D\uDE80, e\u0301, \u202Ertl",
            "one\ntwo\r\n\ttab, nul \0, bell \u0007, escape \u001B[31m, delete \u007F",
            "x".repeat(10 * 1_024),
            "\uD83D\uDE80".repeat(5 * 1_024),
            "x" + "\uD83D\uDE80".repeat(5 * 1_024));

    @Override
    public String id() {
        return "A2";
    }

    @Override
    public String description() {
        return "All statuses of failure with empty, Unicode, control-character and 10 KB messages; statuses that only a newer"
                + " server knows";
    }

    @Override
    public List<Figure> run(Stage stage) throws Exception {
        LocalProvider provider = LocalProvider.serve(stage, A2Statuses::fail);
        ActServiceAsync acts =
                stage.client(provider.fixed()).client(ActServiceAsync.class).with(options -> options.timeout(LONG));
        int calls = 0;
        int changed = 0;
        for (RpcStatus status : RpcStatus.values()) {
            for (int text = 0; status != RpcStatus.OK && text < TEXTS.size(); text++) {
                calls++;
                RpcException failure = Failure.of(acts.act(request(status, text)));
                if (!isAsThrown(failure, status, TEXTS.get(text))) {
                    System.out.println("A2, " + status + ", text " + text + ": " + failure);
                    changed++;
                }
            }
        }
        return List.of(
                Figure.atMost(0, "failures that arrived changed", changed),
                Figure.atLeast(16.0 * TEXTS.size(), "failures tried", calls),
                Figure.atMost(0, "unknown statuses taken for success or not told by number", unknown(stage)));
    }

    private static ActRequest request(RpcStatus status, int text) {
        return ActRequest.newBuilder()
                .setId(status.code())
                .setDelayMs(text)
                .setPayload(ByteString.copyFromUtf8("details"))
                .build();
    }

    /** The id chooses the status, the delay the text; the payload is what the details say. */
    private static CompletableFuture<ActResponse> fail(ActRequest request) {
        return CompletableFuture.failedFuture(
                RpcException.of(RpcStatus.of((int) request.getId()), TEXTS.get(request.getDelayMs()))
                        .outcome(Outcome.RAN)
                        .details(request.getPayload())
                        .build());
    }

    private static boolean isAsThrown(@Nullable RpcException failure, RpcStatus status, String text) {
        return failure != null
                && failure.status() == status
                && failure.outcome() == Outcome.RAN
                && failure.details().toStringUtf8().equals("details")
                && failure.description().equals(cut(text));
    }

    private static String cut(String text) {
        if (text.length() <= MESSAGE_LIMIT) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MESSAGE_LIMIT - 1)) ? MESSAGE_LIMIT - 1 : MESSAGE_LIMIT;
        return text.substring(0, end);
    }

    private static int unknown(Stage stage) throws Exception {
        ScriptedServer newer = stage.closing(ScriptedServer.start(request -> RpcHeader.newBuilder()
                .setStatus(FIRST_UNKNOWN + (int) (request.getCallId() - 1) % (LAST_UNKNOWN - FIRST_UNKNOWN))
                .setStatusMessage("new here")
                .build()));
        ActServiceAsync acts = stage.client(FixedEndpoints.of(Endpoint.of("127.0.0.1", newer.port())))
                .client(ActServiceAsync.class)
                .with(options -> options.timeout(LONG));
        int wrong = 0;
        for (int status = FIRST_UNKNOWN; status < LAST_UNKNOWN; status++) {
            RpcException failure = Failure.of(acts.act(ActRequest.getDefaultInstance()));
            boolean told = failure != null
                    && failure.status() == RpcStatus.UNKNOWN
                    && failure.description().equals("status " + status + ": new here");
            wrong += told ? 0 : 1;
        }
        return wrong;
    }
}
