package io.rpcboot.wire;

import com.google.protobuf.MessageLite;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Appends frames to buffers. A frame that cannot be encoded leaves the buffer as it was. Confined to one thread.
 */
public final class FrameEncoder {

    private final boolean withChecksum;
    private final int maxHeaderBytes;
    private final Checksum checksum = new Checksum();
    private final Header control = new Header();

    /** An encoder whose headers have at most the initial limit of 16 KiB, which every peer accepts. */
    public FrameEncoder(boolean checksum) {
        this(checksum, FrameLimits.DEFAULT.maxHeaderBytes());
    }

    /**
     * An encoder for a peer that may have announced another limit.
     *
     * @param maxHeaderBytes beyond this, details are dropped and the status message is cut
     */
    public FrameEncoder(boolean checksum, int maxHeaderBytes) {
        this.withChecksum = checksum;
        this.maxHeaderBytes = maxHeaderBytes;
    }

    /**
     * Appends one frame with this message as its body, or with none, and sets the header's args_size.
     *
     * @throws IllegalArgumentException if names and metadata alone make the header too long
     */
    public void write(ByteBuf out, Header header, @Nullable MessageLite body) {
        int start = out.writerIndex();
        boolean complete = false;
        try {
            int size = body == null ? 0 : body.getSerializedSize();
            writeSizeAndHeader(out, header.argsSize(size));
            int bodyStart = out.writerIndex();
            if (body != null) {
                MessageCodec.write(body, size, out);
            }
            seal(out, start, bodyStart, out, bodyStart, size);
            complete = true;
        } finally {
            if (!complete) {
                out.writerIndex(start);
            }
        }
    }

    /**
     * Appends the start of a frame whose body is what is readable of {@code body}, and sets the header's args_size. The caller sends the body
     * right after it; its indexes are not moved.
     *
     * @throws IllegalArgumentException if names and metadata alone make the header too long
     */
    public void writeHeader(ByteBuf out, Header header, ByteBuf body) {
        int start = out.writerIndex();
        boolean complete = false;
        try {
            int size = body.readableBytes();
            writeSizeAndHeader(out, header.argsSize(size));
            seal(out, start, out.writerIndex(), body, body.readerIndex(), size);
            complete = true;
        } finally {
            if (!complete) {
                out.writerIndex(start);
            }
        }
    }

    /** Appends a frame. The body of a {@link Frame.Message} is copied, its indexes are not moved. */
    public void write(ByteBuf out, Frame frame) {
        if (frame instanceof Frame.Message message) {
            control.clear().kind(FrameKind.MESSAGE).callId(message.callId()).more(message.more());
            ByteBuf body = message.body();
            writeHeader(out, control, body);
            out.writeBytes(body, body.readerIndex(), body.readableBytes());
        } else if (frame instanceof Frame.Hello hello) {
            write(out, control.clear().kind(FrameKind.HELLO), hello.body());
        } else {
            ControlFrames.fill(control.clear(), frame);
            writeHeader(out, control, Unpooled.EMPTY_BUFFER);
        }
    }

    private void writeSizeAndHeader(ByteBuf out, Header header) {
        int start = out.writerIndex();
        int size = writeFields(out, start, header);
        if (size > maxHeaderBytes) {
            header.shorten(size - maxHeaderBytes);
            size = writeFields(out, start, header);
        }
        if (size > maxHeaderBytes) {
            throw new IllegalArgumentException("header of " + size + " bytes, " + header.metadataBytes()
                    + " of them metadata (expected: at most " + maxHeaderBytes + ")");
        }
        out.setIntLE(start, size);
    }

    private int writeFields(ByteBuf out, int start, Header header) {
        out.writerIndex(start);
        out.writeIntLE(0);
        HeaderWriter.write(header, out);
        if (withChecksum) {
            out.writeByte(HeaderFields.CHECKSUM);
            out.writeIntLE(0);
        }
        return out.writerIndex() - start - Integer.BYTES;
    }

    private void seal(ByteBuf out, int start, int headerEnd, ByteBuf body, int bodyStart, int bodyBytes) {
        if (withChecksum) {
            int covered = headerEnd - HeaderFields.CHECKSUM_BYTES;
            int value = checksum.of(out, start + Integer.BYTES, covered, body, bodyStart, bodyBytes);
            out.setIntLE(headerEnd - Integer.BYTES, value);
        }
    }
}
