package io.rpcboot.faults.net;

import com.google.protobuf.ByteString;
import io.rpcboot.wire.schema.RpcHeader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Frames written and read by the schema of the header, independent of the product's own codec. */
final class SchemaFrame {

    private static final int SIZE_BYTES = 4;

    private SchemaFrame() {}

    /** Writes one frame; the size of the body is added to the header. */
    static void write(OutputStream out, RpcHeader.Builder header, ByteString body) throws IOException {
        byte[] head = header.setArgsSize(body.size()).build().toByteArray();
        ByteBuffer frame =
                ByteBuffer.allocate(SIZE_BYTES + head.length + body.size()).order(ByteOrder.LITTLE_ENDIAN);
        frame.putInt(head.length).put(head);
        body.copyTo(frame);
        out.write(frame.array());
        out.flush();
    }

    /**
     * Reads one frame and passes over its body.
     *
     * @throws java.io.EOFException if the connection has ended
     */
    static RpcHeader read(InputStream in) throws IOException {
        byte[] size = new byte[SIZE_BYTES];
        new DataInputStream(in).readFully(size);
        int headerBytes = ByteBuffer.wrap(size).order(ByteOrder.LITTLE_ENDIAN).getInt();
        RpcHeader header = RpcHeader.parseFrom(in.readNBytes(headerBytes));
        in.skipNBytes(header.getArgsSize());
        return header;
    }
}
