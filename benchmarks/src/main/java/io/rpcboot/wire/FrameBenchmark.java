package io.rpcboot.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.rpcboot.benchmarks.contender.Messages;
import io.rpcboot.demo.proto.LoginRequest;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The codec: the frame of a small request with the header it has once names are known, written and taken apart. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class FrameBenchmark {

    private final FrameEncoder encoder = new FrameEncoder(false);
    private final Header header = new Header();
    private final LoginRequest request = Messages.loginRequest();
    private final FrameDecoder decoder = new FrameDecoder(FrameLimits.DEFAULT);
    private final CountingSink sink = new CountingSink();
    private final ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(1024);
    private final ByteBuf frame = PooledByteBufAllocator.DEFAULT.directBuffer(1024);
    private long id = 1;

    /** Begins as a connection does, or the decoder would take the frames for the ancestor's. */
    public FrameBenchmark() {
        encoder.write(out, header.clear().kind(FrameKind.HELLO), null);
        decoder.decode(out, sink);
        encoder.write(frame, request(), request);
    }

    @TearDown
    public void release() {
        out.release();
        frame.release();
    }

    private Header request() {
        return header.clear()
                .kind(FrameKind.REQUEST)
                .callId(++id)
                .methodId(1)
                .timeoutMs(1000)
                .sentAtMs(123_456);
    }

    @Benchmark
    public int write() {
        encoder.write(out.clear(), request(), request);
        return out.writerIndex();
    }

    @Benchmark
    public int read() {
        decoder.decode(frame.readerIndex(0), sink);
        return sink.bytes;
    }

    private static final class CountingSink implements FrameSink {
        private int bytes;

        @Override
        public void request(Header header, ByteBuf body) {
            bytes += body.readableBytes();
        }

        @Override
        public void response(Header header, ByteBuf body) {
            throw new IllegalStateException("a response");
        }

        @Override
        public void mprpcRequest(Header header, ByteBuf body) {
            throw new IllegalStateException("a request of the ancestor");
        }

        @Override
        public void frame(Frame any) {
            bytes++;
        }

        @Override
        public void oversized(Header header, long argsSize) {
            throw new IllegalStateException("a frame too large");
        }
    }
}
