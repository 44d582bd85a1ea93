package io.rpcboot.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of docs/wire-protocol.md, sections 2, 9, 10 and 11.4. */
class FrameDecoderTest {

    private static final byte[] HELLO = WorkedBytes.block("W1");
    private static final byte[] REQUEST = WorkedBytes.block("W5");

    private final RecordingSink sink = new RecordingSink();
    private final FrameDecoder decoder = new FrameDecoder(FrameLimits.DEFAULT);

    @Test
    void framesInOneBufferComeInTheirOrder() {
        ByteBuf in = Unpooled.wrappedBuffer(HELLO, REQUEST, WorkedBytes.block("W17"), REQUEST);

        decoder.decode(in, sink);

        String request = GoldenFrames.get("W5").event();
        assertThat(sink.events())
                .containsExactly(
                        GoldenFrames.get("W1").event(),
                        request,
                        GoldenFrames.get("W17").event(),
                        request);
    }

    @Test
    void tellsHowMuchOfTheUnfinishedFrameHasCome() {
        ByteBuf in = Unpooled.buffer().writeBytes(HELLO).writeBytes(REQUEST, 0, 5);

        decoder.decode(in, sink);
        int unfinished = decoder.unfinishedBytes();
        int number = decoder.frameNumber();
        decoder.decode(in.writeBytes(REQUEST, 5, 1), sink);

        assertThat(unfinished).isEqualTo(5);
        assertThat(decoder.unfinishedBytes()).isEqualTo(6);
        assertThat(decoder.frameNumber()).isEqualTo(number);
        decoder.decode(in.writeBytes(REQUEST, 6, REQUEST.length - 6), sink);
        assertThat(decoder.unfinishedBytes()).isZero();
        assertThat(decoder.frameNumber()).isNotEqualTo(number);
    }

    @Test
    void aBodyThatIsSkippedIsAnUnfinishedFrameUntilItsEnd() {
        byte[] header = frame("18c0843d3801"); // args_size: 1000000
        FrameDecoder strict = new FrameDecoder(new FrameLimits(64, 1000, 64));
        ByteBuf in = Unpooled.buffer().writeBytes(HELLO).writeBytes(header);

        strict.decode(in, sink);
        int number = strict.frameNumber();
        assertThat(strict.unfinishedBytes()).isEqualTo(header.length);
        strict.decode(in.writeZero(999_999), sink);
        assertThat(strict.unfinishedBytes()).isEqualTo(header.length + 999_999);
        assertThat(strict.frameNumber()).isEqualTo(number);

        strict.decode(in.writeZero(1).writeBytes(REQUEST, 0, 3), sink);

        assertThat(strict.unfinishedBytes()).isEqualTo(3);
        assertThat(strict.frameNumber()).isNotEqualTo(number);
    }

    @Test
    void aLongBodyIsHandedOnAsItArrives() {
        byte[] body = new byte[10_000];
        ThreadLocalRandom.current().nextBytes(body);
        ByteBuf frame = Unpooled.wrappedBuffer(frame("18904e3801"), body); // args_size: 10000, call_id: 1
        List<Boolean> more = new ArrayList<>();
        List<Integer> unfinished = new ArrayList<>();
        ByteBuf whole = Unpooled.buffer();
        FrameSink parts = new SilentSink() {
            @Override
            public void request(Header header, ByteBuf part) {
                assertThat(header.callId()).isEqualTo(1);
                more.add(header.more());
                whole.writeBytes(part);
            }
        };
        decoder.decode(Unpooled.wrappedBuffer(HELLO), parts);
        int number = decoder.frameNumber();

        ByteBuf in = Unpooled.buffer();
        for (int bytes : new int[] {11, 1000, 3, 5000}) {
            decoder.decode(in.writeBytes(frame, bytes), parts);
            unfinished.add(decoder.unfinishedBytes());
            assertThat(decoder.frameNumber()).isEqualTo(number);
        }
        decoder.decode(in.writeBytes(frame).writeBytes(REQUEST, 0, 4), parts);

        assertThat(ByteBufUtil.getBytes(whole)).isEqualTo(body);
        assertThat(more).as("no part below 1 KiB").containsExactly(true, false);
        assertThat(unfinished).containsExactly(11, 1011, 1014, 6014);
        assertThat(decoder.frameNumber()).isNotEqualTo(number);
        assertThat(decoder.unfinishedBytes()).isEqualTo(4);
    }

    @Test
    void howeverTheBytesAreCutTheBodiesAreTheSame() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        ByteBuf stream = Unpooled.buffer().writeBytes(HELLO);
        List<Integer> sizes = new ArrayList<>();
        for (int id = 1; id <= 50; id++) {
            byte[] payload = new byte[random.nextInt(1, random.nextBoolean() ? 100 : 40_000)];
            Arrays.fill(payload, (byte) id);
            sizes.add(payload.length);
            Header header = new Header().callId(id).kind(FrameKind.REQUEST).methodId(1);
            new FrameEncoder(false).writeHeader(stream, header, Unpooled.wrappedBuffer(payload));
            stream.writeBytes(payload);
        }
        ByteBuf body = Unpooled.buffer();
        List<Integer> whole = new ArrayList<>();
        FrameSink joining = new SilentSink() {
            @Override
            public void request(Header header, ByteBuf part) {
                body.writeBytes(part);
                if (!header.more()) {
                    assertThat(ByteBufUtil.getBytes(body)).containsOnly((int) header.callId());
                    whole.add(body.readableBytes());
                    body.clear();
                }
            }
        };

        ByteBuf in = Unpooled.buffer();
        while (stream.isReadable()) {
            int bytes = Math.min(stream.readableBytes(), random.nextInt(1, random.nextBoolean() ? 20 : 20_000));
            decoder.decode(in.writeBytes(stream, bytes), joining);
            in.discardReadBytes();
        }

        assertThat(whole).isEqualTo(sizes);
        assertThat(decoder.unfinishedBytes()).isZero();
    }

    @Test
    void aPieceThatIsHandedOnInPartsIsNotTheEndOfItsBody() {
        ByteBuf piece = Unpooled.wrappedBuffer(frame("18904e38016801"), new byte[10_000]); // and more: 1
        List<Boolean> more = new ArrayList<>();
        FrameSink parts = new SilentSink() {
            @Override
            public void request(Header header, ByteBuf part) {
                more.add(header.more());
            }
        };

        decoder.decode(Unpooled.wrappedBuffer(HELLO), parts);
        decoder.decode(piece.readSlice(5000), parts);
        decoder.decode(piece, parts);

        assertThat(more).containsExactly(true, true);
    }

    @Test
    void aLongBodyWithChecksumIsHandedOnWholeSinceItMustBeVerified() {
        ByteBuf frame = Unpooled.buffer();
        Header header = new Header().callId(1).kind(FrameKind.REQUEST).methodId(1);
        new FrameEncoder(true).write(frame, header, BytesValue.of(ByteString.copyFrom(new byte[10_000])));
        List<Integer> bodies = new ArrayList<>();
        FrameSink wholes = new SilentSink() {
            @Override
            public void request(Header of, ByteBuf body) {
                bodies.add(body.readableBytes());
            }
        };
        ByteBuf in = Unpooled.buffer().writeBytes(HELLO).writeBytes(frame, 5000);

        decoder.decode(in, wholes);
        assertThat(bodies).isEmpty();
        decoder.decode(in.writeBytes(frame), wholes);

        assertThat(bodies).containsExactly(10_003);
    }

    @Test
    void theSinkSeesNoMoreThanTheBodyAndMayLeaveItUnread() {
        ByteBuf in = Unpooled.wrappedBuffer(HELLO, WorkedBytes.block("W9"), WorkedBytes.block("W10"));
        int[] readable = new int[2];
        FrameSink partReader = new SilentSink() {
            @Override
            public void request(Header header, ByteBuf body) {
                readable[header.more() ? 0 : 1] = body.readableBytes();
                body.readByte();
            }
        };

        decoder.decode(in, partReader);

        assertThat(readable).containsExactly(11, 8);
        assertThat(in.isReadable()).isFalse();
    }

    @Test
    void aBodyThatTheSinkKeepsOutlivesTheCall() {
        ByteBuf in = Unpooled.directBuffer().writeBytes(HELLO).writeBytes(WorkedBytes.block("W10"));
        ByteBuf[] kept = new ByteBuf[1];

        decoder.decode(in, new SilentSink() {
            @Override
            public void request(Header header, ByteBuf body) {
                kept[0] = body.readRetainedSlice(body.readableBytes());
            }
        });
        in.release();

        assertThat(ByteBufUtil.hexDump(kept[0])).isEqualTo("1206313233343536");
        assertThat(kept[0].release()).isTrue();
    }

    @Test
    void aSinkThatThrowsLosesItsFrameOnly() {
        ByteBuf in = Unpooled.wrappedBuffer(HELLO, REQUEST, WorkedBytes.block("W17"));
        FrameSink failing = new SilentSink() {
            @Override
            public void request(Header header, ByteBuf body) {
                throw new IllegalStateException("no");
            }
        };

        assertThatThrownBy(() -> decoder.decode(in, failing)).hasMessage("no");
        decoder.decode(in, sink);

        assertThat(sink.events()).containsExactly(GoldenFrames.get("W17").event());
    }

    @ParameterizedTest
    @CsvSource({
        "474554202f20485454502f312e310d0a, HTTP_1",
        "504f5354202f, HTTP_1",
        "4f5054494f4e53, HTTP_1",
        "505249202a20485454502f322e30, HTTP_2",
        "16030102000100, TLS",
        "1603030100, TLS",
        "5353482d322e302d4f70656e535348, UNKNOWN",
        "4a524d4900, UNKNOWN",
        "2a310d0a, UNKNOWN",
        "00000019, UNKNOWN",
        "ffffffff, UNKNOWN",
        "ffffff7f, UNKNOWN",
        "01400000, UNKNOWN",
    })
    void foreignFirstBytesAreToldAfterFour(String hex, ForeignProtocol protocol) {
        ByteBuf in = Unpooled.buffer();
        byte[] bytes = ByteBufUtil.decodeHexDump(hex);
        decoder.decode(in.writeBytes(bytes, 0, 3), sink);

        FrameException foreign =
                catchThrowableOfType(FrameException.class, () -> decoder.decode(in.writeByte(bytes[3]), sink));

        assertThat(foreign.kind()).isEqualTo(FrameException.Kind.FOREIGN);
        assertThat(foreign.protocol()).isEqualTo(protocol);
        assertThat(foreign).hasMessageContaining(hex.substring(0, 8)).hasMessageContaining(protocol.toString());
        assertThat(foreign.getStackTrace()).isEmpty();
    }

    @Test
    void anEmptyHeaderIsBroken() {
        assertBroken(new byte[4], FrameException.Kind.MALFORMED, "header_size: 0 (expected: 1..16384)");
    }

    @ParameterizedTest
    @CsvSource({"01400000, 16385", "ffffffff, 4294967295", "ffffff7f, 2147483647", "47455420, 542393671"})
    void aHeaderOverTheLimitIsBrokenAsSoonAsItsSizeIsThere(String size, String number) {
        decode(HELLO);

        assertBroken(
                ByteBufUtil.decodeHexDump(size),
                FrameException.Kind.MALFORMED,
                "header_size: " + number + " (expected: 1..16384)");
    }

    @Test
    void aHeaderOfTheLargestSizeIsRead() {
        byte[] filler = new byte[16384 - 4 - 3 - 1];
        ByteBuf in = Unpooled.buffer().writeIntLE(16384);
        in.writeBytes(new byte[] {0x38, 7, 0x40, 6}); // PING 7
        in.writeBytes(new byte[] {0x32, (byte) 0xf9, 0x7f}).writeBytes(filler); // unknown field 6
        decode(HELLO);

        assertThat(in.readableBytes()).isEqualTo(4 + 16384 - 1);
        decoder.decode(in.writeByte(0), sink);

        assertThat(sink.events()).endsWith("Ping[id=7]");
    }

    @ParameterizedTest
    @CsvSource({"W3, REQUEST", "W6, RESPONSE", "W11, MESSAGE", "W15, CANCEL", "W17, PING", "W19, DRAIN", "W20, READY"})
    void theFirstFrameMustBeAHello(String number, String kind) {
        FrameException broken =
                assertBroken(WorkedBytes.block(number), FrameException.Kind.MALFORMED, "first frame: Header(" + kind);

        assertThat(broken).hasMessageContaining("(expected: HELLO)");
    }

    @Test
    void theFirstFrameMustNotBeOfAnUnknownKind() {
        assertBroken(frame("38464063"), FrameException.Kind.MALFORMED, "first frame: Header(99");
    }

    @Test
    void aSecondHelloIsBroken() {
        decode(HELLO);

        assertBroken(HELLO, FrameException.Kind.MALFORMED, "second HELLO");
    }

    @Test
    void aHelloThatIsNoMessageIsBroken() {
        assertBroken(frame("1801400a", "0a"), FrameException.Kind.MALFORMED, "HELLO: ");
    }

    @Test
    void anUnknownKindIsPassedOver() {
        decode(HELLO);

        decode(frame("180338014063", "010203"), frame("4063"), REQUEST);

        assertThat(sink.events()).hasSize(2).endsWith(GoldenFrames.get("W5").event());
    }

    @ParameterizedTest
    @CsvSource({
        "3800, REQUEST with call_id 0",
        "4001, RESPONSE with call_id 0",
        "4002, MESSAGE with call_id 0",
        "4003, END with call_id 0",
        "4004, CANCEL with call_id 0",
        "4005, CREDIT with call_id 0",
        "4800, REQUEST with call_id 0",
        "38ffffffffffffffffff014001, RESPONSE with call_id 18446744073709551615",
    })
    void aFrameOfACallNeedsACallId(String header, String message) {
        decode(HELLO);

        assertBroken(frame(header), FrameException.Kind.MALFORMED, message + " (expected: 1..2^63-1)");
    }

    @Test
    void anAncestorsFrameAfterAHelloIsBroken() {
        decode(HELLO);

        assertBroken(WorkedBytes.block("W23"), FrameException.Kind.MALFORMED, "REQUEST with call_id 0");
    }

    @Test
    void anAncestorNeedsBothNames() {
        assertBroken(frame("0a0161"), FrameException.Kind.MALFORMED, "neither call_id nor kind nor names");
    }

    @Test
    void whatFollowsAnAncestorsRequestIsDropped() {
        decode(WorkedBytes.block("W23"), HELLO);
        decode(WorkedBytes.block("W23"));

        assertThat(sink.events()).containsExactly(GoldenFrames.get("W23").event());
    }

    @Test
    void whatFollowsABrokenFrameIsDropped() {
        decode(HELLO);
        assertBroken(HELLO, FrameException.Kind.MALFORMED, "second HELLO");

        ByteBuf in = Unpooled.wrappedBuffer(REQUEST);
        decoder.decode(in, sink);

        assertThat(sink.events()).hasSize(1);
        assertThat(in.isReadable()).isFalse();
    }

    private void decode(byte[]... frames) {
        decoder.decode(Unpooled.wrappedBuffer(frames), sink);
    }

    private FrameException assertBroken(byte[] bytes, FrameException.Kind kind, String message) {
        FrameException broken = catchThrowableOfType(FrameException.class, () -> decode(bytes));

        assertThat(broken).isNotNull().hasMessageContaining(message);
        assertThat(broken.kind()).isEqualTo(kind);
        return broken;
    }

    private static byte[] frame(String header, String... body) {
        String hex = header + String.join("", body);
        return ByteBufUtil.decodeHexDump(String.format("%02x000000%s", header.length() / 2, hex));
    }
}
