package io.rpcboot.transport;

import io.rpcboot.wire.Frame;
import io.rpcboot.wire.Header;
import org.jspecify.annotations.Nullable;

/** A frame other than request and reply, on its way out. */
final class ControlFrame implements Outgoing {

    private final Frame frame;
    private @Nullable Outgoing next;

    ControlFrame(Frame frame) {
        this.frame = frame;
    }

    @Override
    public @Nullable Outgoing next() {
        return next;
    }

    @Override
    public void next(@Nullable Outgoing following) {
        next = following;
    }

    @Override
    public void write(Outbox outbox) {
        outbox.frame(frame);
    }

    @Override
    public void fill(Header header) {
        throw new IllegalStateException(frame + " writes its own header");
    }

    @Override
    public void dropped(Throwable cause) {
        // The peer is gone, and the news with it.
    }
}
