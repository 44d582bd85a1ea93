package io.rpcboot.transport;

import com.google.protobuf.MessageLite;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.rpcboot.wire.Frame;
import io.rpcboot.wire.FrameEncoder;
import io.rpcboot.wire.Header;

/** The bytes of frames. */
final class EncodedFrames {

    private EncodedFrames() {}

    static byte[] of(Frame frame) {
        ByteBuf out = Unpooled.buffer();
        new FrameEncoder(false).write(out, frame);
        return ByteBufUtil.getBytes(out);
    }

    static byte[] of(Header header, MessageLite body) {
        ByteBuf out = Unpooled.buffer();
        new FrameEncoder(false).write(out, header, body);
        return ByteBufUtil.getBytes(out);
    }

    /** A client's HELLO. */
    static byte[] hello() {
        return of(Hellos.frame(new Identity("raw", 1), TransportOptions.DEFAULT));
    }
}
