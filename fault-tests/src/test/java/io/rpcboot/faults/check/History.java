package io.rpcboot.faults.check;

import io.rpcboot.faults.load.CallRecord;
import io.rpcboot.faults.peer.JournalEntry;
import java.util.List;

/**
 * What was called, what ran, and when the faults were. Immutable.
 *
 * @param calls all calls of the load
 * @param journal all executions of all peers
 * @param lastFaultEndNanos when the last fault was over
 * @param healthyMajority whether at least two of three peers were well at all times
 */
public record History(
        List<CallRecord> calls, List<JournalEntry> journal, long lastFaultEndNanos, boolean healthyMajority) {

    public History {
        calls = List.copyOf(calls);
        journal = List.copyOf(journal);
    }
}
