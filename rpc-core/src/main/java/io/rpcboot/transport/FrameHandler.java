package io.rpcboot.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.rpcboot.wire.FrameDecoder;
import io.rpcboot.wire.FrameEncoder;
import io.rpcboot.wire.FrameException;
import io.rpcboot.wire.FrameLimits;
import io.rpcboot.wire.FrameSink;
import java.io.IOException;
import java.util.List;

/** What both ends of a connection share: bytes in, frames to the subclass, one flush per read pass. Runs on the event loop. */
abstract class FrameHandler extends ByteToMessageDecoder implements FrameSink {

    private final FrameDecoder decoder;
    private final FrameEncoder encoder;
    private Outbox outbox;
    private long readTime;

    @SuppressWarnings("NullAway.Init") // The outbox comes with the channel, before any other event.
    FrameHandler(FrameLimits limits, boolean checksum) {
        this.decoder = new FrameDecoder(limits);
        this.encoder = new FrameEncoder(checksum);
    }

    /** What this connection has to send. Set before any frame comes. */
    final Outbox outbox() {
        return outbox;
    }

    /** What takes in the bytes. */
    final FrameDecoder decoder() {
        return decoder;
    }

    /** When the current read pass began, a reading of {@link System#nanoTime()}. */
    final long readTime() {
        return readTime;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) throws Exception {
        outbox = new Outbox(context.channel(), encoder);
        super.handlerAdded(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        readTime = System.nanoTime();
        heard(readTime);
        outbox.beginBatch();
        TaskBurst burst = TaskBurst.begin();
        try {
            super.channelRead(context, message);
        } finally {
            burst.end();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        outbox.endBatch();
        super.channelReadComplete(context);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (!context.channel().isActive()) {
            in.skipBytes(in.readableBytes());
            return;
        }
        try {
            decoder.decode(in, this);
        } catch (FrameException e) {
            in.skipBytes(in.readableBytes());
            // What came before the fault was sound and is answered.
            outbox.run();
            framingError(e);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
        if (context.channel().isWritable()) {
            outbox.run();
        }
        super.channelWritabilityChanged(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        super.channelInactive(context);
        outbox.close();
        closed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            // A reset by the peer. The calls concerned fail in channelInactive.
            context.close();
        } else {
            unexpected(cause);
            context.close();
        }
    }

    /** Bytes came, at this reading of {@link System#nanoTime()}. */
    abstract void heard(long now);

    /** The peer sent what no frame can be made of; the connection must end. */
    abstract void framingError(FrameException error);

    /** Our own code failed; the connection ends. */
    abstract void unexpected(Throwable failure);

    /** The connection is gone. */
    abstract void closed();
}
