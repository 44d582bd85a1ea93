package io.rpcboot.transport;

import io.rpcboot.wire.Header;
import org.jspecify.annotations.Nullable;

/**
 * Something that waits in an {@link Outbox}. The link to the next one stands in the object itself, so that queueing allocates nothing; an
 * object waits in one outbox at a time.
 */
interface Outgoing {

    @Nullable
    Outgoing next();

    void next(@Nullable Outgoing following);

    /** Writes itself through the outbox. Runs on the event loop. */
    void write(Outbox outbox);

    /** Fills in the header of its first frame. Runs on the event loop. */
    void fill(Header header);

    /** The connection is closed, or the message could not be encoded; nothing was written. */
    void dropped(Throwable cause);
}
