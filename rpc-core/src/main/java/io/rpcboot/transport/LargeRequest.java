package io.rpcboot.transport;

import io.rpcboot.wire.Frame;
import io.rpcboot.wire.Header;

/**
 * A request whose body goes out piece by piece over one connection. The call itself may meanwhile have moved to another connection, so what
 * counts is whether this connection still has it under this id. Confined to the event loop.
 */
record LargeRequest(PendingCall call, MultiplexedConnection connection, long id) implements BodyOwner {

    @Override
    public void fill(Header header) {
        connection.fill(header, call);
    }

    @Override
    public boolean abandoned() {
        return !connection.isInFlight(id, call);
    }

    @Override
    public void cutShort(Outbox outbox) {
        // The server holds what it has of the request until it is told that nothing more comes.
        outbox.frame(new Frame.Cancel(id));
    }

    @Override
    public void dropped(Throwable cause) {
        if (connection.isInFlight(id, call)) {
            connection.dropped(call, cause);
        }
    }
}
