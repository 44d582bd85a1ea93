package io.rpcboot.balance;

import io.rpcboot.Endpoint;

/** An endpoint that can take a call, and how busy this client keeps it. */
public interface Candidate {

    Endpoint endpoint();

    /** Calls this client has under way there. */
    int outstanding();
}
