package io.rpcboot.faults.cases;

import io.rpcboot.RpcException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What became of one call. */
final class Failure {

    private static final long LIMIT_SECONDS = 60;

    private Failure() {}

    /** How the call failed; null if it succeeded. Waits for its end. */
    static @Nullable RpcException of(CompletableFuture<?> call) throws Exception {
        try {
            call.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            return null;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RpcException failure) {
                return failure;
            }
            throw e;
        }
    }
}
