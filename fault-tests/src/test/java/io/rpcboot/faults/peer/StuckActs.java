package io.rpcboot.faults.peer;

import io.rpcboot.faults.proto.ActRequest;
import io.rpcboot.faults.proto.ActResponse;
import io.rpcboot.faults.proto.StuckService;

/** A service whose every call holds its worker for good. Safe for use by many threads. */
final class StuckActs implements StuckService {

    private final Journal journal;

    StuckActs(Journal journal) {
        this.journal = journal;
    }

    @Override
    public ActResponse stick(ActRequest request) {
        journal.add(request);
        return FailingActs.neverReturn();
    }
}
