package io.rpcboot.faults.load;

import io.rpcboot.Outcome;
import io.rpcboot.Reason;
import io.rpcboot.RpcStatus;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One call and what became of it. Times are readings of the machine's monotonic clock. Immutable.
 *
 * @param id unique over all loads of a run
 * @param idempotent whether the method is marked safe
 * @param plannedNanos when the schedule wanted it sent
 * @param startNanos when it was sent
 * @param endNanos when it ended; 0 if it never did
 * @param timeoutNanos time it was given from its start
 * @param status OK, or how it failed
 * @param reason why it failed; null for a success
 * @param outcome what the caller was told of the execution
 * @param attempts how often it was tried as far as the caller was told
 * @param echoed whether the answer held what was sent; true for a failure
 * @param text what the failure said; empty for a success
 */
public record CallRecord(
        long id,
        boolean idempotent,
        long plannedNanos,
        long startNanos,
        long endNanos,
        long timeoutNanos,
        RpcStatus status,
        @Nullable Reason reason,
        Outcome outcome,
        int attempts,
        boolean echoed,
        String text) {

    public boolean ended() {
        return endNanos != 0;
    }

    public boolean failed() {
        return status != RpcStatus.OK;
    }

    /** From the planned start, so that a late sender hides nothing. */
    public double latencyMillis() {
        return (endNanos - plannedNanos) / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }
}
