package io.rpcboot.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.rpcboot.wire.schema.RpcHeader;
import org.junit.jupiter.api.Test;

/** The limits of docs/wire-protocol.md, section 9. */
class FrameSizesTest {

    private static final int LIMIT = 1000;
    private static final int SKIP_LIMIT = 64 * 1024 * 1024;

    private final RecordingSink sink = new RecordingSink();
    private final FrameDecoder decoder = new FrameDecoder(new FrameLimits(16384, LIMIT, 8192));
    private final ByteBuf in = Unpooled.buffer();

    @Test
    void aMessageAtTheLimitIsHandedOn() {
        open();

        decoder.decode(in.writeBytes(header(1, LIMIT)).writeZero(LIMIT), sink);

        assertThat(sink.events()).hasSize(2);
        assertThat(sink.events().get(1)).startsWith("request args_size: 1000 call_id: 1");
    }

    @Test
    void aMessageOverTheLimitIsReportedBeforeItsBodyComesAndThenSkipped() {
        open();

        decoder.decode(in.writeBytes(header(1, LIMIT + 1)), sink);
        assertThat(sink.events()).endsWith("oversized REQUEST call_id=1 args_size=1001");
        for (int i = 0; i < LIMIT + 1; i += 91) {
            decoder.decode(in.writeZero(91), sink);
            assertThat(in.isReadable()).isFalse();
        }
        decoder.decode(in.writeBytes(WorkedBytes.block("W5")), sink);

        assertThat(sink.events()).hasSize(3).endsWith(GoldenFrames.get("W5").event());
    }

    @Test
    void theLargestBodyThatIsSkippedTakesNoMemory() {
        open();
        ByteBuf chunk = Unpooled.buffer().writeZero(1024 * 1024);

        decoder.decode(in.writeBytes(header(1, SKIP_LIMIT)), sink);
        for (int i = 0; i < 64; i++) {
            decoder.decode(chunk.duplicate(), sink);
        }
        decoder.decode(in.writeBytes(WorkedBytes.block("W5")), sink);

        assertThat(sink.events())
                .containsSubsequence(
                        "oversized REQUEST call_id=1 args_size=67108864",
                        GoldenFrames.get("W5").event());
        assertThat(in.capacity()).isLessThan(1024);
    }

    @Test
    void aBodyOverWhatIsSkippedEndsTheConnectionAtOnce() {
        open();

        FrameException tooLarge = decodeBroken(header(1, SKIP_LIMIT + 1));

        assertThat(tooLarge.kind()).isEqualTo(FrameException.Kind.TOO_LARGE);
        assertThat(tooLarge).hasMessageContaining("67108865").hasMessageContaining("at most 67108864");
    }

    @Test
    void aSizeBeyondAnIntEndsTheConnection() {
        open();

        FrameException tooLarge = decodeBroken(header(1, -1));

        assertThat(tooLarge.kind()).isEqualTo(FrameException.Kind.TOO_LARGE);
    }

    @Test
    void anAncestorsBodyOverTheLimitIsReportedAndAllElseDropped() {
        RpcHeader names = RpcHeader.newBuilder()
                .setServiceName(com.google.protobuf.ByteString.copyFromUtf8("S"))
                .setMethodName(com.google.protobuf.ByteString.copyFromUtf8("m"))
                .setArgsSize(LIMIT + 1)
                .build();

        decoder.decode(in.writeBytes(frame(names)), sink);
        decoder.decode(in.writeZero(LIMIT + 1).writeBytes(WorkedBytes.block("W1")), sink);

        assertThat(sink.events()).containsExactly("oversized REQUEST call_id=0 args_size=1001");
        assertThat(in.isReadable()).isFalse();
    }

    @Test
    void aControlFrameWithABodyIsHandedOnWithoutIt() {
        open();
        RpcHeader ping = RpcHeader.newBuilder()
                .setCallId(7)
                .setKindValue(6)
                .setArgsSize(2000)
                .build();

        decoder.decode(in.writeBytes(frame(ping)).writeZero(2000).writeBytes(WorkedBytes.block("W5")), sink);

        assertThat(sink.events())
                .containsSubsequence("Ping[id=7]", GoldenFrames.get("W5").event());
    }

    @Test
    void aControlFrameWithALongBodyEndsTheConnection() {
        open();
        RpcHeader ping = RpcHeader.newBuilder()
                .setCallId(7)
                .setKindValue(6)
                .setArgsSize(16385)
                .build();

        FrameException tooLarge = decodeBroken(frame(ping));

        assertThat(tooLarge.kind()).isEqualTo(FrameException.Kind.TOO_LARGE);
        assertThat(tooLarge).hasMessageContaining("Header(PING, call_id 7, args_size 16385)");
    }

    @Test
    void aLongBodyOfAnUnknownKindIsSkipped() {
        open();
        RpcHeader unknown = RpcHeader.newBuilder()
                .setCallId(7)
                .setKindValue(99)
                .setArgsSize(5000)
                .build();

        decoder.decode(in.writeBytes(frame(unknown)), sink);
        assertThat(in.isReadable()).isFalse();
        decoder.decode(in.writeZero(5000).writeBytes(WorkedBytes.block("W5")), sink);

        assertThat(sink.events()).hasSize(2).endsWith(GoldenFrames.get("W5").event());
    }

    @Test
    void changedLimitsHoldFromTheNextFrame() {
        open();

        decoder.limits(new FrameLimits(16384, 2000, 8192));
        decoder.decode(in.writeBytes(header(1, 2000)).writeZero(2000), sink);

        assertThat(sink.events().get(1)).startsWith("request args_size: 2000");
    }

    private void open() {
        decoder.decode(in.writeBytes(WorkedBytes.block("W1")), sink);
    }

    private FrameException decodeBroken(byte[] bytes) {
        return catchThrowableOfType(FrameException.class, () -> decoder.decode(in.writeBytes(bytes), sink));
    }

    private static byte[] header(long callId, int argsSize) {
        return frame(
                RpcHeader.newBuilder().setCallId(callId).setArgsSize(argsSize).build());
    }

    private static byte[] frame(RpcHeader header) {
        byte[] bytes = header.toByteArray();
        ByteBuf out = Unpooled.buffer().writeIntLE(bytes.length).writeBytes(bytes);
        byte[] frame = new byte[out.readableBytes()];
        out.readBytes(frame);
        return frame;
    }
}
