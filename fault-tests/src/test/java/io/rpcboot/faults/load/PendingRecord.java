package io.rpcboot.faults.load;

import com.google.protobuf.ByteString;
import io.rpcboot.Outcome;
import io.rpcboot.Reason;
import io.rpcboot.RpcException;
import io.rpcboot.RpcStatus;
import io.rpcboot.faults.proto.ActRequest;
import io.rpcboot.faults.proto.ActResponse;
import java.util.concurrent.CompletionException;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** A call under way, which becomes its record. Ended by any thread, read by another. */
final class PendingRecord {

    private final ActRequest request;
    private final boolean idempotent;
    private final long plannedNanos;
    private final long startNanos;
    private final long timeoutNanos;
    private volatile @Nullable CallRecord ended;

    PendingRecord(ActRequest request, boolean idempotent, long plannedNanos, long timeoutNanos) {
        this.request = request;
        this.idempotent = idempotent;
        this.plannedNanos = plannedNanos;
        this.startNanos = System.nanoTime();
        this.timeoutNanos = timeoutNanos;
    }

    void end(@Nullable ActResponse response, @Nullable Throwable failure) {
        if (failure == null) {
            ended = record(
                    System.nanoTime(), RpcStatus.OK, null, Outcome.RAN, 1, response != null && echoes(response), "");
            return;
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof RpcException rpc) {
            RpcException.CallSite site = rpc.site();
            int attempts = site == null ? 1 : site.attempt() + 1;
            ended = record(
                    System.nanoTime(), rpc.status(), rpc.reason(), rpc.outcome(), attempts, true, rpc.getMessage());
        } else {
            ended = record(
                    System.nanoTime(),
                    RpcStatus.UNKNOWN,
                    Reason.UNSPECIFIED,
                    Outcome.MAY_HAVE_RUN,
                    1,
                    true,
                    cause.toString());
        }
    }

    private boolean echoes(ActResponse response) {
        return response.getId() == request.getId()
                && response.getPayload().equals(request.getPayload())
                && response.getPayloadHash() == hash(request.getPayload());
    }

    private static int hash(ByteString payload) {
        CRC32 hash = new CRC32();
        payload.asReadOnlyByteBufferList().forEach(hash::update);
        return (int) hash.getValue();
    }

    boolean hasEnded() {
        return ended != null;
    }

    /** The record; of a call that never ended if it has not. */
    CallRecord toRecord() {
        CallRecord known = ended;
        return known != null ? known : record(0, RpcStatus.UNKNOWN, null, Outcome.MAY_HAVE_RUN, 1, true, "never ended");
    }

    private CallRecord record(
            long endNanos,
            RpcStatus status,
            @Nullable Reason reason,
            Outcome outcome,
            int attempts,
            boolean echoed,
            String text) {
        return new CallRecord(
                request.getId(),
                idempotent,
                plannedNanos,
                startNanos,
                endNanos,
                timeoutNanos,
                status,
                reason,
                outcome,
                attempts,
                echoed,
                text);
    }
}
