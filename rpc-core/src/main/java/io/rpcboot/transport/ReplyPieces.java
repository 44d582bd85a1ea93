package io.rpcboot.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.rpcboot.wire.Header;
import org.jspecify.annotations.Nullable;

/** Puts together the replies of one connection that come in pieces. Confined to the event loop. */
final class ReplyPieces {

    private final ByteBufAllocator alloc;
    private final int maxMessageBytes;

    ReplyPieces(ByteBufAllocator alloc, int maxMessageBytes) {
        this.alloc = alloc;
        this.maxMessageBytes = maxMessageBytes;
    }

    /** Whether this is a part only of the reply to the call. */
    static boolean isPiece(Header header, PendingCall call) {
        return header.more() || call.replyPieces() != null;
    }

    /** Takes in a piece. Once the reply is whole returns it, for the caller to release, and has the header say what that of the first piece said. */
    @Nullable
    BodyAssembly add(Header header, ByteBuf body, PendingCall call) {
        BodyAssembly assembly = call.replyPieces();
        if (assembly == null) {
            assembly = new BodyAssembly(alloc.compositeBuffer(Integer.MAX_VALUE), maxMessageBytes);
            assembly.metadata(header.metadata());
            call.replyPieces(assembly);
        }
        assembly.add(body);
        if (header.more()) {
            return null;
        }
        call.replyPieces(null);
        header.metadata(assembly.metadata());
        return assembly;
    }
}
