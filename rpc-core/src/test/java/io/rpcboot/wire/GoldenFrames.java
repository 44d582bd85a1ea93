package io.rpcboot.wire;

import com.google.protobuf.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.rpcboot.Metadata;
import io.rpcboot.wire.schema.Hello;
import io.rpcboot.wire.schema.Keepalive;
import io.rpcboot.wire.schema.Limits;
import io.rpcboot.wire.schema.MetadataEntry;
import java.util.List;

/** What the frames of docs/wire-protocol.md, section "Worked bytes", mean: how each is written, and what is read from it. */
final class GoldenFrames {

    private static final EncodedName LOGIN = EncodedName.of("demo.UserService", "Login");
    private static final MetadataEntry NAME =
            MetadataEntry.newBuilder().setKey("zhang san").build();
    private static final MetadataEntry NAME_AND_PASSWORD =
            NAME.toBuilder().setText("123456").build();
    private static final ByteBuf NAME_BYTES = hex("0a097a68616e672073616e");
    private static final ByteBuf PASSWORD_BYTES = hex("1206313233343536");

    static final List<GoldenFrame> ALL = List.of(
            frame(
                    "W1",
                    new Frame.Hello(Hello.newBuilder()
                            .setProtocolVersion(1)
                            .setApplication("friends")
                            .setIncarnation(0x0102030405060708L)
                            .setLimits(Limits.newBuilder()
                                    .setMaxMessageBytes(4194304)
                                    .setMaxHeaderBytes(16384)
                                    .setMaxMetadataBytes(8192)
                                    .setMaxCalls(1000))
                            .setKeepalive(
                                    Keepalive.newBuilder().setIdleMs(10000).setTimeoutMs(3000))
                            .build()),
                    "Hello[body=protocol_version: 1 application: \"friends\" incarnation: 72623859790382856"
                            + " limits { max_message_bytes: 4194304 max_header_bytes: 16384 max_metadata_bytes: 8192 max_calls: 1000 }"
                            + " keepalive { idle_ms: 10000 timeout_ms: 3000 } ]"),
            frame(
                    "W2",
                    new Frame.Hello(Hello.newBuilder()
                            .setProtocolVersion(1)
                            .setApplication("users")
                            .setIncarnation(0x1112131415161718L)
                            .addFeatures("checksum")
                            .build()),
                    "Hello[body=protocol_version: 1 application: \"users\" incarnation: 1230066625199609624 features: \"checksum\" ]"),
            message(
                    "W3",
                    new Header().names(LOGIN).callId(1).timeoutMs(1000).sentAtMs(1),
                    NAME_AND_PASSWORD,
                    "request service_name: \"demo.UserService\" method_name: \"Login\" args_size: 19 call_id: 1 timeout: 1000"
                            + " sent_at: 1 body=0a097a68616e672073616e1206313233343536"),
            message(
                    "W4",
                    new Header()
                            .callId(2)
                            .methodId(3)
                            .timeoutMs(300)
                            .sentAtMs(27)
                            .version("2")
                            .group("blue")
                            .attempt(1)
                            .metadata(Metadata.of("tag", "a")
                                    .with("sig-bin", ByteString.copyFrom(new byte[] {0, (byte) 0xff}))),
                    NAME,
                    "request args_size: 11 call_id: 2 method_id: 3 timeout: 300 sent_at: 27 version: \"2\" group: \"blue\" attempt: 1"
                            + " metadata { key: \"tag\" text: \"a\" } metadata { key: \"sig-bin\" binary: \"\\000\\377\" }"
                            + " body=0a097a68616e672073616e"),
            message(
                    "W5",
                    new Header().callId(300).methodId(3).timeoutMs(300).sentAtMs(40),
                    MetadataEntry.getDefaultInstance(),
                    "request call_id: 300 method_id: 3 timeout: 300 sent_at: 40 body="),
            piece(
                    "W6",
                    new Header().kind(FrameKind.RESPONSE).callId(1).methodId(3),
                    hex("0a001001"),
                    "response args_size: 4 call_id: 1 kind: RESPONSE method_id: 3 body=0a001001"),
            message(
                    "W7",
                    new Header()
                            .kind(FrameKind.RESPONSE)
                            .callId(2)
                            .status(8)
                            .reason(6)
                            .outcome(1)
                            .retryAfterMs(50)
                            .statusMessage("queue full"),
                    null,
                    "response call_id: 2 kind: RESPONSE status: 8 reason: 6 outcome: 1 retry_after: 50"
                            + " status_message: \"queue full\" body="),
            message(
                    "W8",
                    new Header()
                            .kind(FrameKind.RESPONSE)
                            .callId(300)
                            .status(9)
                            .reason(1)
                            .outcome(2)
                            .retryAfterMs(-1)
                            .statusMessage("no account")
                            .details(ByteString.copyFrom(ByteBufUtil.decodeHexDump("080912026e6f"))),
                    null,
                    "response call_id: 300 kind: RESPONSE status: 9 reason: 1 outcome: 2 retry_after: -1"
                            + " status_message: \"no account\" details: \"\\b\\t\\022\\002no\" body="),
            piece(
                    "W9",
                    new Header()
                            .callId(4)
                            .methodId(3)
                            .timeoutMs(300)
                            .sentAtMs(55)
                            .more(true),
                    NAME_BYTES,
                    "request args_size: 11 call_id: 4 method_id: 3 timeout: 300 sent_at: 55 more: true body=0a097a68616e672073616e"),
            piece(
                    "W10",
                    new Header().callId(4),
                    PASSWORD_BYTES,
                    "request args_size: 8 call_id: 4 body=1206313233343536"),
            frame(
                    "W11",
                    new Frame.Message(5, hex("0a097a68616e672073616e1206313233343536"), false),
                    "message call_id=5 more=false body=0a097a68616e672073616e1206313233343536"),
            frame(
                    "W12",
                    new Frame.Message(5, NAME_BYTES, true),
                    "message call_id=5 more=true body=0a097a68616e672073616e"),
            frame(
                    "W13",
                    Frame.End.ok(5),
                    "End[callId=5, status=0, reason=0, outcome=0, retryAfterMs=0, statusMessage=," + " details="
                            + ByteString.EMPTY + ", metadata=[]]"),
            frame(
                    "W14",
                    new Frame.End(5, 10, 1, 2, 0, "stopped", ByteString.EMPTY, Metadata.of("seen", "7")),
                    "End[callId=5, status=10, reason=1, outcome=2, retryAfterMs=0, statusMessage=stopped," + " details="
                            + ByteString.EMPTY + ", metadata=[seen]]"),
            frame("W15", new Frame.Cancel(2), "Cancel[callId=2]"),
            frame("W16", new Frame.Credit(5, 16), "Credit[callId=5, credit=16]"),
            frame("W17", new Frame.Ping(7), "Ping[id=7]"),
            frame("W18", new Frame.Pong(7), "Pong[id=7]"),
            frame("W19", new Frame.Drain(300), "Drain[lastCallId=300]"),
            frame("W20", new Frame.Ready(), "Ready[]"),
            new GoldenFrame(
                    "W21",
                    out -> new FrameEncoder(true)
                            .write(
                                    out,
                                    new Header()
                                            .callId(6)
                                            .methodId(3)
                                            .timeoutMs(300)
                                            .sentAtMs(60),
                                    NAME_AND_PASSWORD),
                    "request args_size: 19 call_id: 6 method_id: 3 timeout: 300 sent_at: 60 checksum: 4105139955"
                            + " body=0a097a68616e672073616e1206313233343536"),
            new GoldenFrame("W22", out -> new FrameEncoder(true).write(out, new Frame.Ping(8)), "Ping[id=8]"),
            message(
                    "W23",
                    new Header().names("UserServiceRpc", "Login"),
                    NAME_AND_PASSWORD,
                    "ancestor service_name: \"UserServiceRpc\" method_name: \"Login\" args_size: 19"
                            + " body=0a097a68616e672073616e1206313233343536"),
            message(
                    "W24",
                    new Header().names("UserServiceRpc", "Register"),
                    null,
                    "ancestor service_name: \"UserServiceRpc\" method_name: \"Register\" body="));

    private GoldenFrames() {}

    static GoldenFrame get(String number) {
        return ALL.stream()
                .filter(golden -> golden.number().equals(number))
                .findFirst()
                .orElseThrow();
    }

    private static GoldenFrame frame(String number, Frame frame, String event) {
        return new GoldenFrame(number, out -> new FrameEncoder(false).write(out, frame), event);
    }

    private static GoldenFrame message(String number, Header header, MetadataEntry body, String event) {
        return new GoldenFrame(number, out -> new FrameEncoder(false).write(out, header, body), event);
    }

    private static GoldenFrame piece(String number, Header header, ByteBuf body, String event) {
        return new GoldenFrame(
                number,
                out -> {
                    new FrameEncoder(false).writeHeader(out, header, body);
                    out.writeBytes(body, body.readerIndex(), body.readableBytes());
                },
                event);
    }

    private static ByteBuf hex(String digits) {
        return Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(digits)));
    }
}
