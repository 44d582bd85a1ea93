package io.rpcboot.benchmarks.contender.raw;

import com.google.protobuf.ByteString;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.rpcboot.benchmarks.contender.Client;
import io.rpcboot.benchmarks.contender.Completion;
import io.rpcboot.benchmarks.contender.Messages;
import io.rpcboot.benchmarks.contender.Operation;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Calls over one connection; what callers add while the event loop is busy leaves with one flush. */
final class RawClient extends RawFrames implements Client, Runnable {

    private final MultiThreadIoEventLoopGroup loops = RawNetwork.eventLoops();
    private final RawBodies bodies;
    private final AtomicReference<@Nullable RawCall> newest = new AtomicReference<>();
    private final Channel channel;
    private @Nullable RawCall[] pending = new RawCall[1024];
    private long lastId;
    private long lastAnswered;
    private boolean reading;

    RawClient(int port, RawBodies bodies) {
        this.bodies = bodies;
        this.channel = new Bootstrap()
                .group(loops)
                .channel(RawNetwork.channel())
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(this)
                .connect("127.0.0.1", port)
                .syncUninterruptibly()
                .channel();
    }

    private void add(RawCall call) {
        RawCall before;
        do {
            before = newest.get();
            call.next = before;
        } while (!newest.compareAndSet(before, call));
        if (before == null && !(reading && channel.eventLoop().inEventLoop())) {
            channel.eventLoop().execute(this);
        }
    }

    @Override
    public void run() {
        ChannelHandlerContext context = channel.pipeline().context(this);
        send(context);
        flush(context);
    }

    private void send(ChannelHandlerContext context) {
        RawCall oldest = null;
        for (RawCall call = newest.getAndSet(null); call != null; ) {
            RawCall before = call.next;
            call.next = oldest;
            oldest = call;
            call = before;
        }
        for (RawCall call = oldest; call != null; call = call.next) {
            send(call, batch(context));
        }
    }

    private void send(RawCall call, ByteBuf out) {
        long id = ++lastId;
        if (id - lastAnswered > pending.length) {
            grow();
        }
        pending[slot(id)] = call;
        int at = out.writerIndex();
        out.writeInt(0).writeLong(id).writeByte(call.operation);
        bodies.writeRequest(call.operation, call.payload, out);
        out.setInt(at, out.writerIndex() - at - Integer.BYTES);
    }

    private void grow() {
        RawCall[] before = pending;
        pending = new RawCall[2 * before.length];
        for (long id = lastAnswered + 1; id < lastId; id++) {
            pending[slot(id)] = before[(int) (id & before.length - 1)];
        }
    }

    private int slot(long id) {
        return (int) (id & pending.length - 1);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        reading = true;
        super.channelRead(context, message);
    }

    @Override
    void frame(ChannelHandlerContext context, long id, byte operation, ByteBuf body, int bodyBytes) {
        RawCall call = pending[slot(id)];
        pending[slot(id)] = null;
        // The server answers in order.
        lastAnswered = id;
        if (call == null) {
            throw new IllegalStateException("a reply to call " + id + ", which nobody made");
        }
        try {
            bodies.readReply(operation, call.payload, body, bodyBytes);
            call.end(null);
        } catch (RuntimeException e) {
            call.end(e);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        send(context);
        reading = false;
        super.channelReadComplete(context);
    }

    @Override
    public Operation login() {
        return operation(RawBodies.LOGIN, ByteString.EMPTY);
    }

    @Override
    public Operation echo(int payloadBytes) {
        return operation(RawBodies.ECHO, Messages.payload(payloadBytes));
    }

    private Operation operation(byte operation, ByteString payload) {
        return new Operation() {
            @Override
            public void call() {
                RawCall call = new RawCall(operation, payload, null);
                add(call);
                call.await();
            }

            @Override
            public void call(Completion completion) {
                add(new RawCall(operation, payload, completion));
            }
        };
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
        loops.shutdownGracefully();
    }
}
