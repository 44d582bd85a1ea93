package io.rpcboot.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

/** The checksum of docs/wire-protocol.md, section 10. */
class FrameChecksumTest {

    private static final byte[] HELLO = WorkedBytes.block("W1");
    private static final byte[] FRAME = WorkedBytes.block("W21");

    @Test
    void isTheCrc32cOfTheDocument() {
        ByteBuf digits = Unpooled.copiedBuffer("123456789", java.nio.charset.StandardCharsets.US_ASCII);

        assertThat(new Checksum().of(digits, 0, 4, digits, 4, 5)).isEqualTo(0xE3069283);
    }

    @Test
    void aFlippedBitAnywhereAfterTheSizeIsFound() {
        for (int bit = 4 * 8; bit < FRAME.length * 8; bit++) {
            byte[] flipped = FRAME.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            RecordingSink sink = new RecordingSink();

            FrameException broken = catchThrowableOfType(
                    FrameException.class,
                    () -> new FrameDecoder(FrameLimits.DEFAULT).decode(Unpooled.wrappedBuffer(HELLO, flipped), sink));

            boolean delivered = sink.events().size() > 1;
            assertThat(delivered && !isTagOfChecksum(bit))
                    .as("bit %s: %s", bit, broken)
                    .isFalse();
        }
    }

    /** Without its tag there is no checksum to compare with: that is what the feature in HELLO is for. */
    private static boolean isTagOfChecksum(int bit) {
        return bit / 8 == 15;
    }

    @Test
    void aMismatchNamesTheFrameAndBothValues() {
        byte[] changed = FRAME.clone();
        changed[changed.length - 1] ^= 1;

        FrameException broken = catchThrowableOfType(
                FrameException.class,
                () -> new FrameDecoder(FrameLimits.DEFAULT)
                        .decode(Unpooled.wrappedBuffer(HELLO, changed), new SilentSink()));

        assertThat(broken.kind()).isEqualTo(FrameException.Kind.MALFORMED);
        assertThat(broken)
                .hasMessageMatching(
                        "checksum of Header\\(REQUEST, call_id 6, args_size 19\\): f4af76f3 \\(expected: [0-9a-f]{8}\\)");
    }

    @Test
    void isTheSameOverEveryKindOfBuffer() {
        ByteBufAllocator allocator = ByteBufAllocator.DEFAULT;
        ByteBuf body = allocator.directBuffer().writeBytes(FRAME, FRAME.length - 19, 19);
        ByteBuf composite =
                allocator.compositeBuffer().addComponents(true, body.readRetainedSlice(7), body.readRetainedSlice(12));
        body.release();
        Header header = new Header().callId(6).methodId(3).timeoutMs(300).sentAtMs(60);
        ByteBuf out = allocator.directBuffer();

        new FrameEncoder(true).writeHeader(out, header, composite);
        out.writeBytes(composite.duplicate());

        byte[] written = new byte[out.readableBytes()];
        out.readBytes(written);
        assertThat(written).isEqualTo(FRAME);
        out.release();
        composite.release();
    }

    @Test
    void isVerifiedOverEveryKindOfBuffer() {
        for (ByteBuf in : new ByteBuf[] {
            Unpooled.buffer(),
            Unpooled.directBuffer(),
            ByteBufAllocator.DEFAULT
                    .compositeBuffer()
                    .addComponent(true, Unpooled.directBuffer().writeBytes(HELLO))
        }) {
            RecordingSink sink = new RecordingSink();
            if (!in.isReadable()) {
                in.writeBytes(HELLO);
            }

            new FrameDecoder(FrameLimits.DEFAULT).decode(in.writeBytes(FRAME), sink);

            assertThat(sink.events()).endsWith(GoldenFrames.get("W21").event());
            in.release();
        }
    }
}
