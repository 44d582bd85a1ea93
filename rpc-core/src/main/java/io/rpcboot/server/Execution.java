package io.rpcboot.server;

/** Where the methods of a service run. */
public enum Execution {
    /** On a worker thread, which may block. */
    WORKER,
    /** On the event loop that read the request: saves a thread hop, but the methods, gates and interceptors must never block. */
    EVENT_LOOP
}
