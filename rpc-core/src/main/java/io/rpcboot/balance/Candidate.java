package io.rpcboot.balance;

import io.rpcboot.Endpoint;

/** An endpoint that can take a call, how busy this client keeps it, and how quick it has been. */
public interface Candidate {

    Endpoint endpoint();

    /** Calls this client has under way there. */
    int outstanding();

    /** How quick the endpoint has been of late, and whether it is new. */
    EndpointLoad load();
}
