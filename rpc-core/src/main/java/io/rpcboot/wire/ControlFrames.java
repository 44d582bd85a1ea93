package io.rpcboot.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import io.netty.buffer.ByteBuf;
import io.rpcboot.wire.schema.Hello;

/** Frames as objects to and from header and body. */
final class ControlFrames {

    private ControlFrames() {}

    /** Sets a cleared header to what a frame without a body says. */
    static void fill(Header header, Frame frame) {
        if (frame instanceof Frame.Cancel cancel) {
            header.kind(FrameKind.CANCEL).callId(cancel.callId());
        } else if (frame instanceof Frame.Ping ping) {
            header.kind(FrameKind.PING).callId(ping.id());
        } else if (frame instanceof Frame.Pong pong) {
            header.kind(FrameKind.PONG).callId(pong.id());
        } else if (frame instanceof Frame.Credit credit) {
            header.kind(FrameKind.CREDIT).callId(credit.callId()).credit(credit.credit());
        } else if (frame instanceof Frame.Drain drain) {
            header.kind(FrameKind.DRAIN).callId(drain.lastCallId());
        } else if (frame instanceof Frame.Ready) {
            header.kind(FrameKind.READY);
        } else if (frame instanceof Frame.End end) {
            fill(header, end);
        } else {
            throw new IllegalArgumentException("frame with a body: " + frame);
        }
    }

    private static void fill(Header header, Frame.End end) {
        header.kind(FrameKind.END)
                .callId(end.callId())
                .status(end.status())
                .reason(end.reason())
                .outcome(end.outcome())
                .retryAfterMs(end.retryAfterMs())
                .statusMessage(end.statusMessage())
                .details(end.details())
                .metadata(end.metadata());
    }

    /**
     * The frame with this header.
     *
     * @param body its readable bytes are the frame's body
     * @throws FrameException if the body of a HELLO cannot be parsed
     */
    static Frame read(Header header, ByteBuf body) {
        return switch (header.kind()) {
            case MESSAGE -> new Frame.Message(header.callId(), body.slice(), header.more());
            case END -> end(header);
            case CANCEL -> new Frame.Cancel(header.callId());
            case CREDIT -> new Frame.Credit(header.callId(), header.credit());
            case PING -> new Frame.Ping(header.callId());
            case PONG -> new Frame.Pong(header.callId());
            case DRAIN -> new Frame.Drain(header.callId());
            case READY -> new Frame.Ready();
            case HELLO -> hello(body);
            case REQUEST, RESPONSE -> throw new IllegalArgumentException(header + " is not handed on as an object");
        };
    }

    private static Frame end(Header header) {
        return new Frame.End(
                header.callId(),
                header.status(),
                header.reason(),
                header.outcome(),
                header.retryAfterMs(),
                header.statusMessage(),
                header.details(),
                header.metadata());
    }

    private static Frame hello(ByteBuf body) {
        try {
            return new Frame.Hello(MessageCodec.read(Hello.parser(), body));
        } catch (InvalidProtocolBufferException e) {
            throw FrameException.malformed("HELLO: " + e.getMessage());
        }
    }
}
