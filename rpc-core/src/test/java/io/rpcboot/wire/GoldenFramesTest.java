package io.rpcboot.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The worked bytes of docs/wire-protocol.md, in both directions. */
class GoldenFramesTest {

    private static final byte[] HELLO = WorkedBytes.block("W1");

    static List<GoldenFrame> frames() {
        return GoldenFrames.ALL;
    }

    @Test
    void everyWorkedBlockIsTested() {
        List<String> tested = GoldenFrames.ALL.stream().map(GoldenFrame::number).toList();

        assertThat(tested).containsExactlyElementsOf(WorkedBytes.numbers());
    }

    @Test
    void everyKindIsWorked() {
        List<FrameKind> kinds = new ArrayList<>();

        for (GoldenFrame golden : GoldenFrames.ALL) {
            byte[] bytes = golden.bytes();
            int headerBytes = Unpooled.wrappedBuffer(bytes).getIntLE(0);
            kinds.add(Headers.read(java.util.Arrays.copyOfRange(bytes, 4, 4 + headerBytes))
                    .kind());
        }

        assertThat(kinds).contains(FrameKind.values());
    }

    @ParameterizedTest
    @MethodSource("frames")
    void isWritten(GoldenFrame golden) {
        ByteBuf out = Unpooled.buffer();

        golden.write().accept(out);

        assertThat(ByteBufUtil.hexDump(out)).isEqualTo(ByteBufUtil.hexDump(golden.bytes()));
    }

    @ParameterizedTest
    @MethodSource("frames")
    void isRead(GoldenFrame golden) {
        ByteBuf in = Unpooled.wrappedBuffer(start(golden), golden.bytes());
        RecordingSink sink = new RecordingSink();

        new FrameDecoder(FrameLimits.DEFAULT).decode(in, sink);

        assertThat(sink.events()).endsWith(golden.event()).hasSize(golden.opens() ? 1 : 2);
        assertThat(in.isReadable()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("frames")
    void isReadWhereverItIsSplit(GoldenFrame golden) {
        byte[] bytes = golden.bytes();

        for (int split = 0; split < bytes.length; split++) {
            FrameDecoder decoder = new FrameDecoder(FrameLimits.DEFAULT);
            RecordingSink sink = new RecordingSink();
            ByteBuf in = Unpooled.buffer().writeBytes(start(golden));
            decoder.decode(in, sink);
            int before = sink.events().size();

            decoder.decode(in.writeBytes(bytes, 0, split), sink);
            assertThat(sink.events()).hasSize(before);
            assertThat(in.readableBytes()).isEqualTo(split);
            decoder.decode(in.writeBytes(bytes, split, bytes.length - split), sink);

            assertThat(sink.events()).endsWith(golden.event()).hasSize(before + 1);
        }
    }

    @Test
    void aConversationIsReadByteByByte() {
        List<GoldenFrame> ours = GoldenFrames.ALL.stream()
                .filter(golden -> golden.number().equals("W1") || !golden.opens())
                .toList();
        FrameDecoder decoder = new FrameDecoder(FrameLimits.DEFAULT);
        RecordingSink sink = new RecordingSink();
        ByteBuf in = Unpooled.buffer();

        for (GoldenFrame golden : ours) {
            for (byte next : golden.bytes()) {
                decoder.decode(in.writeByte(next), sink);
                in.discardReadBytes();
            }
        }

        assertThat(sink.events())
                .containsExactlyElementsOf(ours.stream().map(GoldenFrame::event).toList());
    }

    private static byte[] start(GoldenFrame golden) {
        return golden.opens() ? new byte[0] : HELLO;
    }
}
