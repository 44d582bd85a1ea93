package io.rpcboot.transport;

import io.rpcboot.wire.Header;

/** Whose large body goes out piece by piece: knows the first header, and whether the rest is still wanted. Confined to the event loop. */
interface BodyOwner {

    /** Fills in the header of the first frame. */
    void fill(Header header);

    /** Whether the rest of the body is no longer wanted. */
    boolean abandoned();

    /** The rest of the body was let go after a part of it was written. */
    void cutShort(Outbox outbox);

    /** The connection is closed; a part of the body was not written. */
    void dropped(Throwable cause);
}
