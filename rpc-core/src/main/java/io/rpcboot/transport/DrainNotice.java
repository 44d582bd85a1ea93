package io.rpcboot.transport;

import io.rpcboot.wire.Frame;

/**
 * Tells one caller by DRAIN and READY whether the server wants its new calls. Says nothing before the caller has greeted. Confined to the event
 * loop.
 */
final class DrainNotice {

    private static final long ALL_CALLS = Long.MAX_VALUE;

    private final Outbox outbox;
    private boolean greeted;
    private boolean draining;
    private boolean refusing;

    DrainNotice(Outbox outbox) {
        this.outbox = outbox;
    }

    boolean hasGreeted() {
        return greeted;
    }

    boolean isRefusing() {
        return refusing;
    }

    /** The caller has greeted and was greeted: from here on it is told. */
    void greeted(long lastId) {
        greeted = true;
        if (refusing) {
            send(new Frame.Drain(lastId));
        } else if (draining) {
            send(new Frame.Drain(ALL_CALLS));
        }
    }

    /** Asks for no new calls; what still comes is served. */
    void drain() {
        draining = true;
        send(new Frame.Drain(ALL_CALLS));
    }

    /** Takes the drain back. */
    void ready() {
        draining = false;
        send(new Frame.Ready());
    }

    /** From here on new calls are refused. */
    void refuse(long lastId) {
        refusing = true;
        send(new Frame.Drain(lastId));
    }

    private void send(Frame frame) {
        if (greeted) {
            outbox.add(new ControlFrame(frame));
        }
    }
}
