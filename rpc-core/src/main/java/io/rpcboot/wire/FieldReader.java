package io.rpcboot.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.netty.buffer.ByteBuf;

/**
 * Reads protobuf fields straight from a buffer, with the tolerance of protobuf's own parser: overlong varints up to ten bytes, numbers
 * beyond 32 bits cut. Groups are refused. Never moves the buffer's indexes. Confined to one thread.
 */
final class FieldReader {

    private static final int MAX_VARINT_BYTES = 10;

    private ByteBuf in;
    private int index;
    private int end;

    FieldReader(ByteBuf none) {
        in = none;
    }

    /** Sets out to read the bytes from start to end. */
    void over(ByteBuf buffer, int start, int endIndex) {
        in = buffer;
        index = start;
        end = endIndex;
    }

    boolean hasMore() {
        return index < end;
    }

    /** Where the next byte is read. */
    int index() {
        return index;
    }

    /** Makes the fields end here. Returns where they ended before, for the way back. */
    int end(int endIndex) {
        int before = end;
        end = endIndex;
        return before;
    }

    int tag() {
        int tag = (int) varint();
        if (tag >>> 3 == 0) {
            throw FrameException.malformed("header: field number 0 (expected: 1 or more)");
        }
        return tag;
    }

    long varint() {
        byte first = next();
        return first >= 0 ? first : longVarint(first);
    }

    private long longVarint(byte first) {
        long value = first & 0x7f;
        for (int i = 1; i < MAX_VARINT_BYTES; i++) {
            byte next = next();
            value |= (next & 0x7fL) << 7 * i;
            if (next >= 0) {
                return value;
            }
        }
        throw FrameException.malformed("header: varint longer than 10 bytes");
    }

    /** A uint32; a value beyond the largest int counts as that. */
    int uint32() {
        int value = (int) varint();
        return value < 0 ? Integer.MAX_VALUE : value;
    }

    int sint32() {
        int value = (int) varint();
        return value >>> 1 ^ -(value & 1);
    }

    int fixed32() {
        int start = advance(Integer.BYTES);
        return in.getIntLE(start);
    }

    /** The length of what follows, which is no longer than what is left. */
    int length() {
        int length = (int) varint();
        if (length < 0 || length > end - index) {
            throw FrameException.malformed("header: field of " + Integer.toUnsignedString(length)
                    + " bytes (expected: at most the " + (end - index) + " that are left of the header)");
        }
        return length;
    }

    byte[] bytes() {
        byte[] bytes = new byte[length()];
        in.getBytes(index, bytes);
        index += bytes.length;
        return bytes;
    }

    ByteString byteString() {
        return UnsafeByteOperations.unsafeWrap(bytes());
    }

    String string() {
        ByteString bytes = byteString();
        if (!bytes.isValidUtf8()) {
            throw FrameException.malformed("header: text that is not UTF-8");
        }
        return bytes.toStringUtf8();
    }

    /** Passes over the value of a field that is not known. */
    void skip(int tag) {
        switch (tag & 7) {
            case HeaderFields.VARINT -> varint();
            case HeaderFields.FIXED64 -> advance(Long.BYTES);
            case HeaderFields.LENGTH_DELIMITED -> advance(length());
            case HeaderFields.FIXED32 -> advance(Integer.BYTES);
            default ->
                throw FrameException.malformed(
                        "header: field " + (tag >>> 3) + " of wire type " + (tag & 7) + " (expected: 0, 1, 2 or 5)");
        }
    }

    /** Passes over all that is left. */
    void skipToEnd() {
        index = end;
    }

    private byte next() {
        return in.getByte(advance(1));
    }

    private int advance(int bytes) {
        int start = index;
        if (bytes > end - start) {
            throw FrameException.malformed("header: ends within a field");
        }
        index = start + bytes;
        return start;
    }
}
