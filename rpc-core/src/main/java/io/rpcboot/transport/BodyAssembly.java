package io.rpcboot.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;

/** A body that arrives in pieces. Confined to the event loop. */
final class BodyAssembly {

    private final CompositeByteBuf body;
    private final int maxBytes;
    private boolean tooLarge;

    BodyAssembly(CompositeByteBuf body, int maxBytes) {
        this.body = body;
        this.maxBytes = maxBytes;
    }

    /** Adds a copy-free view of the piece; false once the whole is larger than allowed, and from then on nothing is kept. */
    boolean add(ByteBuf piece) {
        if (!tooLarge && (long) body.readableBytes() + piece.readableBytes() > maxBytes) {
            tooLarge = true;
            body.removeComponents(0, body.numComponents());
            body.setIndex(0, 0);
        }
        if (!tooLarge) {
            body.addComponent(true, piece.readRetainedSlice(piece.readableBytes()));
        }
        return !tooLarge;
    }

    /** The whole body; the caller owns it. */
    ByteBuf whole() {
        return body;
    }

    void release() {
        body.release();
    }
}
