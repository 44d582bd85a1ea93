package io.rpcboot.wire;

import org.jspecify.annotations.Nullable;

/** What a frame is for. */
public enum FrameKind {
    REQUEST,
    RESPONSE,
    /** An item of a stream. */
    MESSAGE,
    /** The end of one direction of a stream. */
    END,
    CANCEL,
    /** Permission to send that many more items of a stream. */
    CREDIT,
    PING,
    PONG,
    /** The sender takes no calls after the last one it names. */
    DRAIN,
    /** The sender takes calls again. */
    READY,
    /** The first frame of each direction. */
    HELLO;

    private static final FrameKind[] BY_NUMBER = values();

    /** The number on the wire. */
    public int number() {
        return ordinal();
    }

    /** The kind with this number; null for one that this version does not know. */
    public static @Nullable FrameKind of(int number) {
        return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : null;
    }

    /** Whether frames of this kind belong to one call, so that their call_id must not be 0. */
    boolean belongsToCall() {
        return ordinal() <= CREDIT.ordinal();
    }

    /** Whether the body of such a frame is a message of the application, or a piece of one. */
    boolean carriesMessage() {
        return ordinal() <= MESSAGE.ordinal();
    }
}
