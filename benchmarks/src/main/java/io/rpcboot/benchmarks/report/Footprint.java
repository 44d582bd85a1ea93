package io.rpcboot.benchmarks.report;

/**
 * What a contender takes beside calls.
 *
 * @param serverStartMillis from the start of the process to its being ready, the median
 * @param clientStartMillis from the start of the process to its first reply, the median
 * @param serverHeapMib live heap after the loads
 * @param serverResidentMib memory of the process after the loads
 * @param clientResidentMib likewise of the client
 * @param idleConnectionKib the server's live heap for each further connection
 * @param idleConnectionDirectKib its direct buffers for each further connection
 */
public record Footprint(
        String contender,
        int jdk,
        double serverStartMillis,
        double clientStartMillis,
        double serverHeapMib,
        double serverResidentMib,
        double clientResidentMib,
        double idleConnectionKib,
        double idleConnectionDirectKib) {}
