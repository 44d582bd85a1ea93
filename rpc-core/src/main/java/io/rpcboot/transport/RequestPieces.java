package io.rpcboot.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.rpcboot.RpcException;
import io.rpcboot.wire.FrameLimits;
import io.rpcboot.wire.Header;
import org.jspecify.annotations.Nullable;

/** Puts together the requests of one connection that come in pieces. Confined to the event loop. */
final class RequestPieces {

    private final ByteBufAllocator alloc;
    private final FrameLimits limits;
    private final OpenCalls calls;
    private final RequestBytes bytes;

    RequestPieces(ByteBufAllocator alloc, FrameLimits limits, OpenCalls calls, RequestBytes bytes) {
        this.alloc = alloc;
        this.limits = limits;
        this.calls = calls;
        this.bytes = bytes;
    }

    /** Where the pieces of a new request go. */
    BodyAssembly assembly() {
        return new BodyAssembly(alloc.compositeBuffer(Integer.MAX_VALUE), limits.maxMessageBytes());
    }

    /** Takes in the first piece. A refused request is answered at once, and swallows what still comes of it. */
    void begin(PartialRequest begun, @Nullable RpcException refusal, ByteBuf body) {
        calls.began(begun);
        if (refusal != null) {
            begun.refuse(refusal);
        } else if (!bytes.charge(begun.call(), RequestBytes.PER_CALL)) {
            begun.refuse(Refusals.tooManyBytes());
        } else {
            add(begun, body);
        }
    }

    /** Takes in a further piece. Returns the call if that was the last one of a request that is not refused. */
    @Nullable
    IncomingCall next(PartialRequest begun, Header header, ByteBuf body) {
        if (!begun.isRefused()) {
            add(begun, body);
        }
        if (header.more()) {
            return null;
        }
        calls.whole(begun);
        return begun.isRefused() ? null : begun.call();
    }

    /** Takes in a further piece that is over the limit by itself. */
    void oversized(PartialRequest begun, Header header) {
        begun.refuse(Refusals.tooLarge(limits));
        next(begun, header, Unpooled.EMPTY_BUFFER);
    }

    private void add(PartialRequest begun, ByteBuf body) {
        if (!bytes.charge(begun.call(), body.readableBytes())) {
            begun.refuse(Refusals.tooManyBytes());
            return;
        }
        begun.assembly().add(body);
        if (!begun.assembly().fits()) {
            begun.refuse(Refusals.tooLarge(limits));
        }
    }
}
