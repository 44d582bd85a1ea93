package io.rpcboot.wire;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** CRC32C over stretches of buffers. Confined to one thread. */
final class Checksum {

    private final CRC32C crc = new CRC32C();

    /** The checksum of one frame: its header up to the checksum field, then its body. */
    int of(ByteBuf header, int headerStart, int headerEnd, ByteBuf body, int bodyStart, int bodyBytes) {
        crc.reset();
        add(header, headerStart, headerEnd - headerStart);
        add(body, bodyStart, bodyBytes);
        return (int) crc.getValue();
    }

    private void add(ByteBuf buffer, int index, int length) {
        if (buffer.hasArray()) {
            crc.update(buffer.array(), buffer.arrayOffset() + index, length);
            return;
        }
        for (ByteBuffer part : buffer.nioBuffers(index, length)) {
            crc.update(part);
        }
    }
}
