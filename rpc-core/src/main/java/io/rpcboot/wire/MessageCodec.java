package io.rpcboot.wire;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Protobuf messages to and from buffers, with no array in between that is not reused or owned by the message. Safe for use by many threads. */
public final class MessageCodec {

    /** The longest message, in bytes, that goes through the thread's reused array. */
    public static final int SMALL_BYTES = Scratch.BYTES;

    private MessageCodec() {}

    /**
     * Parses all readable bytes as one message and consumes them. The message keeps no reference to the buffer.
     *
     * @throws InvalidProtocolBufferException if the bytes are no such message, or nest deeper than protobuf's limit of 100
     */
    public static <T extends MessageLite> T read(Parser<T> parser, ByteBuf body) throws InvalidProtocolBufferException {
        int start = body.readerIndex();
        int size = body.readableBytes();
        body.skipBytes(size);
        return read(parser, body, start, size);
    }

    /**
     * As {@link #read(Parser, ByteBuf)}, with these bytes of the buffer. Leaves its indices alone, so that threads can read parts of one buffer at
     * the same time.
     */
    public static <T extends MessageLite> T read(Parser<T> parser, ByteBuf buffer, int start, int size)
            throws InvalidProtocolBufferException {
        if (size > SMALL_BYTES) {
            byte[] owned = new byte[size];
            buffer.getBytes(start, owned);
            return readOwned(parser, owned);
        }
        if (buffer.hasArray()) {
            return parser.parseFrom(buffer.array(), buffer.arrayOffset() + start, size);
        }
        byte[] scratch = Scratch.array();
        buffer.getBytes(start, scratch, 0, size);
        return parser.parseFrom(scratch, 0, size);
    }

    /** The fields of type bytes share the array, which nobody else knows. */
    private static <T extends MessageLite> T readOwned(Parser<T> parser, byte[] owned)
            throws InvalidProtocolBufferException {
        CodedInputStream in = UnsafeByteOperations.unsafeWrap(owned).newCodedInput();
        in.enableAliasing(true);
        T message = parser.parseFrom(in);
        in.checkLastTagWas(0);
        return message;
    }

    /**
     * Appends a message.
     *
     * @param size what the message's {@code getSerializedSize()} says
     */
    public static void write(MessageLite message, int size, ByteBuf out) {
        out.ensureWritable(size);
        int start = out.writerIndex();
        if (out.hasArray()) {
            write(message, CodedOutputStream.newInstance(out.array(), out.arrayOffset() + start, size));
            out.writerIndex(start + size);
        } else if (size <= SMALL_BYTES) {
            writeThrough(Scratch.array(), message, size, out);
        } else if (out.nioBufferCount() == 1) {
            write(message, CodedOutputStream.newInstance(out.nioBuffer(start, size)));
            out.writerIndex(start + size);
        } else {
            writeThrough(new byte[size], message, size, out);
        }
    }

    private static void writeThrough(byte[] array, MessageLite message, int size, ByteBuf out) {
        write(message, CodedOutputStream.newInstance(array, 0, size));
        out.writeBytes(array, 0, size);
    }

    private static void write(MessageLite message, CodedOutputStream to) {
        try {
            message.writeTo(to);
            to.flush();
        } catch (IOException e) {
            throw wrongSize(message, e);
        }
        if (to.spaceLeft() != 0) {
            throw wrongSize(message, null);
        }
    }

    private static IllegalStateException wrongSize(MessageLite message, @Nullable IOException cause) {
        return new IllegalStateException(
                message.getClass().getName() + " is not of the size it said; was it changed meanwhile?", cause);
    }
}
