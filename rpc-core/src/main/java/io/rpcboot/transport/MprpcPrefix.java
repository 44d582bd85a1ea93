package io.rpcboot.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.rpcboot.wire.MprpcHeaderSize;
import java.util.List;

/**
 * Looks at the first bytes of a connection: where a caller wrote the size of its header in another way than this protocol does, writes it
 * anew, so that all behind it need not know. Then it leaves. Runs on the event loop.
 */
final class MprpcPrefix extends ByteToMessageDecoder {

    private final MprpcHeaderSize headerSize;
    private final int maxHeaderBytes;

    MprpcPrefix(MprpcHeaderSize headerSize, int maxHeaderBytes) {
        this.headerSize = headerSize;
        this.maxHeaderBytes = maxHeaderBytes;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        // No size is longer than this with any header worth reading.
        if (in.readableBytes() < MprpcHeaderSize.MAX_BYTES) {
            return;
        }
        int start = in.readerIndex();
        if (!isSize(in.getIntLE(start))) {
            int size = headerSize.read(in);
            if (isSize(size)) {
                out.add(context.alloc().buffer(Integer.BYTES).writeIntLE(size));
            } else {
                in.readerIndex(start);
            }
        }
        context.pipeline().remove(this);
    }

    private boolean isSize(int size) {
        return size > 0 && size <= maxHeaderBytes;
    }
}
