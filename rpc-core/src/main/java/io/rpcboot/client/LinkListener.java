package io.rpcboot.client;

/** Learns of what happens to the connections of an endpoint. Called on event loops, and on threads that end calls; must not block. */
interface LinkListener {

    /** A connection may have become usable, or no longer be. */
    void changed();

    /** An attempt to connect failed. What could be used before can be used now, but calls may wait for nothing. */
    void notConnected();

    /** A connection that had as many calls under way as its server accepts can take one more. */
    void room();
}
