package io.rpcboot.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever comes, a decoder raises nothing but {@link FrameException} and reads nothing beyond what came. */
class FrameFuzzTest {

    private static final int INPUTS = 200_000;

    private final Random random = new Random(42);
    private int refused;
    private int accepted;

    @Test
    void randomAndMutatedBytesRaiseNothingElse() {
        for (int i = 0; i < INPUTS; i++) {
            byte[] bytes = input();
            try {
                decodeInParts(bytes);
                accepted++;
            } catch (FrameException e) {
                refused++;
            } catch (RuntimeException | Error e) {
                throw new AssertionError("input " + i + ": " + ByteBufUtil.hexDump(bytes), e);
            }
        }

        assertThat(refused).isGreaterThan(INPUTS / 10);
        assertThat(accepted).isGreaterThan(INPUTS / 10);
    }

    @Test
    void aTruncatedConversationRaisesNothing() {
        byte[] bytes = conversation();

        for (int length = 0; length <= bytes.length; length++) {
            ByteBuf in = Unpooled.copiedBuffer(bytes, 0, length);
            RecordingSink sink = new RecordingSink();

            new FrameDecoder(FrameLimits.DEFAULT).decode(in, sink);

            assertThat(sink.events()).hasSizeLessThanOrEqualTo(22);
        }
    }

    private void decodeInParts(byte[] bytes) {
        FrameDecoder decoder = new FrameDecoder(new FrameLimits(16384, 1000, 60));
        BoundedSink sink = new BoundedSink();
        ByteBuf in = Unpooled.buffer(bytes.length);
        for (int start = 0; start < bytes.length; ) {
            int length = Math.min(bytes.length - start, 1 + random.nextInt(200));
            in.writeBytes(bytes, start, length);
            start += length;
            decoder.decode(in, sink);
            assertThat(in.writerIndex()).isEqualTo(start);
        }
    }

    private byte[] input() {
        return switch (random.nextInt(5)) {
            case 0 -> randomBytes(random.nextInt(300));
            case 1 -> randomAfterHello();
            case 2 -> wildHeaderAfterHello();
            default -> mutated(conversation());
        };
    }

    private byte[] randomAfterHello() {
        ByteBuf bytes = Unpooled.buffer().writeBytes(WorkedBytes.block("W1"));
        for (int frames = 1 + random.nextInt(3); frames > 0; frames--) {
            int length = 1 + random.nextInt(60);
            bytes.writeIntLE(length).writeBytes(randomBytes(length)).writeBytes(randomBytes(random.nextInt(30)));
        }
        return ByteBufUtil.getBytes(bytes);
    }

    private byte[] wildHeaderAfterHello() {
        RandomHeaders headers = new RandomHeaders(random.nextLong());
        byte[] header = headers.wild(
                headers.next().toBuilder().setArgsSize(random.nextInt(50)).build());
        ByteBuf bytes = Unpooled.buffer().writeBytes(WorkedBytes.block("W1"));
        bytes.writeIntLE(header.length).writeBytes(header).writeBytes(randomBytes(50));
        return ByteBufUtil.getBytes(bytes);
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] mutated(byte[] bytes) {
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            int at = random.nextInt(bytes.length);
            bytes[at] = random.nextBoolean() ? (byte) random.nextInt() : (byte) (bytes[at] ^ 1 << random.nextInt(8));
        }
        return bytes;
    }

    private static byte[] conversation() {
        ByteBuf all = Unpooled.buffer();
        for (GoldenFrame golden : GoldenFrames.ALL) {
            if (golden.number().equals("W1") || !golden.opens()) {
                all.writeBytes(golden.bytes());
            }
        }
        return ByteBufUtil.getBytes(all);
    }

    /** Reads all that it is shown, as a real one does. */
    private static final class BoundedSink extends SilentSink {

        @Override
        public void request(Header header, ByteBuf body) {
            read(header, body);
        }

        @Override
        public void response(Header header, ByteBuf body) {
            read(header, body);
        }

        @Override
        public void mprpcRequest(Header header, ByteBuf body) {
            read(header, body);
        }

        private static void read(Header header, ByteBuf body) {
            assertThat(body.readableBytes()).isEqualTo(header.argsSize()).isLessThanOrEqualTo(1000);
            body.skipBytes(body.readableBytes());
            assertThat(List.of(header.serviceName(), header.methodName(), header.toString()))
                    .isNotNull();
        }
    }
}
