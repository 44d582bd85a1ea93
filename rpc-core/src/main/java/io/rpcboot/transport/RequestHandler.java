package io.rpcboot.transport;

/** Takes the requests of all connections of a server. Called on event loops, so it never blocks. */
@FunctionalInterface
public interface RequestHandler {

    /** Takes a call for a method of the table. It must see to it that the call is answered, once. */
    void handle(IncomingCall call);
}
