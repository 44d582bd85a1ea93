package io.rpcboot.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.rpcboot.Metadata;
import io.rpcboot.wire.schema.MetadataEntry;
import org.junit.jupiter.api.Test;

class FrameEncoderTest {

    private final FrameEncoder encoder = new FrameEncoder(false);

    @Test
    void framesAreAppended() {
        ByteBuf out = Unpooled.buffer();

        encoder.write(out, new Frame.Ping(7));
        encoder.write(out, new Frame.Ready());

        assertThat(out).isEqualTo(Unpooled.wrappedBuffer(WorkedBytes.block("W17"), WorkedBytes.block("W20")));
    }

    @Test
    void theBodyOfAPieceIsLeftToTheCaller() {
        ByteBuf body = Unpooled.buffer().writeZero(100);
        body.readerIndex(10);
        Header header = new Header().callId(1).more(true);

        encoder.writeHeader(Unpooled.buffer(), header, body);

        assertThat(header.argsSize()).isEqualTo(90);
        assertThat(body.readerIndex()).isEqualTo(10);
        assertThat(body.refCnt()).isEqualTo(1);
    }

    @Test
    void detailsAreDroppedWhereTheHeaderWouldBeTooLong() {
        Header header = failure("no account").details(ByteString.copyFrom(new byte[16384]));

        Header read = written(header);

        assertThat(read.details()).isEqualTo(ByteString.EMPTY);
        assertThat(read.statusMessage()).isEqualTo("no account");
    }

    @Test
    void theStatusMessageIsCutWhereTheHeaderWouldBeTooLong() {
        Header header = failure("größer".repeat(100_000)).details(ByteString.copyFrom(new byte[5]));

        Header read = written(header);

        assertThat(read.status()).isEqualTo(13);
        assertThat(read.details()).isEqualTo(ByteString.EMPTY);
        assertThat(read.statusMessage()).startsWith("größer").hasSizeBetween(12_000, 16_384);
    }

    @Test
    void aPeersLimitIsKept() {
        ByteBuf out = Unpooled.buffer();

        new FrameEncoder(true, 40000).write(out, failure("x".repeat(50_000)), (MetadataEntry) null);

        assertThat(out.getIntLE(0)).isBetween(39_000, 40_000);
    }

    @Test
    void aHeaderThatIsTooLongForItsMetadataIsRefusedAndNothingWritten() {
        ByteBuf out = Unpooled.buffer().writeByte(1);
        Header header = new Header().callId(1).metadata(Metadata.of("a", "x".repeat(20_000)));

        assertThatThrownBy(() -> encoder.write(out, header, MetadataEntry.getDefaultInstance()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("header of 20014 bytes, 20007 of them metadata (expected: at most 16384)");
        assertThatThrownBy(() -> encoder.writeHeader(out, header, Unpooled.EMPTY_BUFFER))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(out.readableBytes()).isEqualTo(1);
    }

    @Test
    void aLargeMessageIsOneFrame() {
        MetadataEntry large =
                MetadataEntry.newBuilder().setKey("x".repeat(100_000)).build();
        ByteBuf out = Unpooled.directBuffer().writeBytes(WorkedBytes.block("W1"));
        RecordingSink sink = new RecordingSink();

        encoder.write(out, new Header().callId(1), large);
        new FrameDecoder(FrameLimits.DEFAULT).decode(out, sink);

        assertThat(sink.events().get(1)).startsWith("request args_size: 100004 call_id: 1");
        out.release();
    }

    private static Header failure(String message) {
        return new Header().callId(1).kind(FrameKind.RESPONSE).status(13).statusMessage(message);
    }

    private Header written(Header header) {
        ByteBuf out = Unpooled.buffer();
        encoder.write(out, header, (MetadataEntry) null);
        byte[] bytes = new byte[out.readIntLE()];
        assertThat(bytes).hasSizeLessThanOrEqualTo(16384);
        out.readBytes(bytes);
        return Headers.read(bytes);
    }
}
