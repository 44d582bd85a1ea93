package io.rpcboot.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.rpcboot.Metadata;

/** A body that arrives in pieces. Confined to the event loop. */
final class BodyAssembly {

    private static final int WORTH_A_VIEW = 1024;

    private final CompositeByteBuf body;
    private final int maxBytes;
    private boolean tooLarge;
    private Metadata metadata = Metadata.EMPTY;

    BodyAssembly(CompositeByteBuf body, int maxBytes) {
        this.body = body;
        this.maxBytes = maxBytes;
    }

    /** Adds the piece. Once the whole is larger than allowed nothing is kept any more. */
    void add(ByteBuf piece) {
        if (!tooLarge && (long) body.readableBytes() + piece.readableBytes() > maxBytes) {
            tooLarge = true;
            body.removeComponents(0, body.numComponents());
            body.setIndex(0, 0);
        }
        if (!tooLarge && piece.readableBytes() < WORTH_A_VIEW) {
            // A view would keep the whole read buffer for a few bytes.
            body.addComponent(true, piece.alloc().buffer(piece.readableBytes()).writeBytes(piece));
        } else if (!tooLarge) {
            body.addComponent(true, piece.readRetainedSlice(piece.readableBytes()));
        }
    }

    /** Whether the whole is as large as allowed at most. */
    boolean fits() {
        return !tooLarge;
    }

    /** What the header of the first piece said besides. */
    Metadata metadata() {
        return metadata;
    }

    void metadata(Metadata ofTheFirstPiece) {
        metadata = ofTheFirstPiece;
    }

    /** The whole body; the caller owns it. */
    ByteBuf whole() {
        return body;
    }

    void release() {
        body.release();
    }
}
