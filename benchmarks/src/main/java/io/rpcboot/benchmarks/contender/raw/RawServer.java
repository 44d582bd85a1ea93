package io.rpcboot.benchmarks.contender.raw;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.util.function.Supplier;

/** Answers on the event loop. */
final class RawServer implements AutoCloseable {

    private final MultiThreadIoEventLoopGroup loops = RawNetwork.eventLoops();

    RawServer(int port, Supplier<RawBodies> bodies) {
        new ServerBootstrap()
                .group(loops)
                .channel(RawNetwork.serverChannel())
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new Answers(bodies.get()));
                    }
                })
                .bind("127.0.0.1", port)
                .syncUninterruptibly();
    }

    @Override
    public void close() {
        loops.shutdownGracefully();
    }

    private static final class Answers extends RawFrames {

        private final RawBodies bodies;

        Answers(RawBodies bodies) {
            this.bodies = bodies;
        }

        @Override
        void frame(ChannelHandlerContext context, long id, byte operation, ByteBuf body, int bodyBytes) {
            ByteBuf out = batch(context);
            int at = out.writerIndex();
            out.writeInt(0).writeLong(id).writeByte(operation);
            bodies.answer(operation, body, bodyBytes, out);
            out.setInt(at, out.writerIndex() - at - Integer.BYTES);
        }
    }
}
