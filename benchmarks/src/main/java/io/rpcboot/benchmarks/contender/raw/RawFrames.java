package io.rpcboot.benchmarks.contender.raw;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/** Takes frames apart: length, id, operation, body. What is written while one read is handled leaves with one flush. */
abstract class RawFrames extends ChannelInboundHandlerAdapter {

    /** Of id and operation, which the length counts with the body. */
    static final int HEAD_BYTES = Long.BYTES + 1;

    private @Nullable ByteBuf rest;
    private @Nullable ByteBuf batch;

    /** A frame has come; the body is for use during this call only. */
    abstract void frame(ChannelHandlerContext context, long id, byte operation, ByteBuf body, int bodyBytes);

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf read = (ByteBuf) message;
        ByteBuf in = rest == null ? read : rest.writeBytes(read);
        if (in != read) {
            read.release();
        }
        while (in.readableBytes() >= Integer.BYTES) {
            int length = in.getInt(in.readerIndex());
            if (in.readableBytes() < Integer.BYTES + length) {
                break;
            }
            in.skipBytes(Integer.BYTES);
            int end = in.readerIndex() + length;
            frame(context, in.readLong(), in.readByte(), in, length - HEAD_BYTES);
            in.readerIndex(end);
        }
        keep(in);
    }

    private void keep(ByteBuf in) {
        if (!in.isReadable()) {
            in.release();
            rest = null;
        } else {
            rest = in == rest
                    ? in.discardSomeReadBytes()
                    : in.alloc().buffer(in.readableBytes()).writeBytes(in);
            if (in != rest) {
                in.release();
            }
        }
    }

    /** Where frames are written that leave with the next flush. */
    ByteBuf batch(ChannelHandlerContext context) {
        if (batch == null) {
            batch = context.alloc().ioBuffer();
        }
        return batch;
    }

    void flush(ChannelHandlerContext context) {
        if (batch != null) {
            context.writeAndFlush(batch, context.voidPromise());
            batch = null;
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        flush(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (rest != null) {
            rest.release();
            rest = null;
        }
        context.fireChannelInactive();
    }
}
