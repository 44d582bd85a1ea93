package io.rpcboot.faults.peer;

import com.google.protobuf.ByteString;
import io.rpcboot.faults.proto.ActRequest;
import io.rpcboot.faults.proto.ActResponse;
import io.rpcboot.faults.proto.ActService;
import io.rpcboot.faults.proto.Failure;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32;

/**
 * Writes every execution into the journal, works as long as it is asked to, and answers with what it was given. Safe for use by many
 * threads.
 */
class JournaledActs implements ActService {

    private final String name;
    private final Journal journal;
    private final Defect defect;

    JournaledActs(String name, Journal journal, Defect defect) {
        this.name = name;
        this.journal = journal;
        this.defect = defect;
    }

    @Override
    public ActResponse act(ActRequest request) {
        return run(request);
    }

    @Override
    public ActResponse read(ActRequest request) {
        return run(request);
    }

    @SuppressWarnings("NullAway") // Null is one of the failures.
    private ActResponse run(ActRequest request) {
        long start = journal.add(request);
        defect.check();
        if (request.getFailure() != Failure.FAILURE_UNSPECIFIED) {
            return FailingActs.fail(request);
        }
        work(start + TimeUnit.MILLISECONDS.toNanos(request.getDelayMs()));
        return ActResponse.newBuilder()
                .setId(request.getId())
                .setPayloadHash(hash(request.getPayload()))
                .setPayload(request.getPayload())
                .setServedBy(name)
                .build();
    }

    private static void work(long untilNanos) {
        while (untilNanos - System.nanoTime() > 0) {
            LockSupport.parkNanos(untilNanos - System.nanoTime());
        }
    }

    private static int hash(ByteString payload) {
        CRC32 hash = new CRC32();
        payload.asReadOnlyByteBufferList().forEach(hash::update);
        return (int) hash.getValue();
    }
}
