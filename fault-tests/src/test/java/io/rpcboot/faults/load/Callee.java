package io.rpcboot.faults.load;

import io.rpcboot.faults.proto.ActRequest;
import io.rpcboot.faults.proto.ActResponse;
import io.rpcboot.faults.proto.ActServiceAsync;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** What a load calls. */
@FunctionalInterface
public interface Callee {

    /** @param idempotent whether to call a method that is marked safe */
    CompletableFuture<ActResponse> call(ActRequest request, boolean idempotent);

    /** The two methods of a client, with this timeout. */
    static Callee of(ActServiceAsync client, Duration timeout) {
        ActServiceAsync acts = client.with(options -> options.timeout(timeout));
        return (request, idempotent) -> idempotent ? acts.read(request) : acts.act(request);
    }
}
