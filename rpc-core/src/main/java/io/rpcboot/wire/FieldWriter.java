package io.rpcboot.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/** Appends protobuf fields to a buffer; fields that hold the default are left out, as in proto3. */
final class FieldWriter {

    private FieldWriter() {}

    static void varint(ByteBuf out, int tag, long value) {
        if (value != 0) {
            rawVarint(out, tag);
            rawVarint(out, value);
        }
    }

    static void uint32(ByteBuf out, int tag, int value) {
        varint(out, tag, Integer.toUnsignedLong(value));
    }

    static void sint32(ByteBuf out, int tag, int value) {
        uint32(out, tag, value << 1 ^ value >> 31);
    }

    static void bytes(ByteBuf out, int tag, byte[] value) {
        if (value.length > 0) {
            presentBytes(out, tag, value);
        }
    }

    static void presentBytes(ByteBuf out, int tag, byte[] value) {
        rawVarint(out, tag);
        rawVarint(out, value.length);
        out.writeBytes(value);
    }

    static void string(ByteBuf out, int tag, String value) {
        if (!value.isEmpty()) {
            presentString(out, tag, value);
        }
    }

    static void presentString(ByteBuf out, int tag, String value) {
        int length = ByteBufUtil.utf8Bytes(value);
        rawVarint(out, tag);
        rawVarint(out, length);
        ByteBufUtil.reserveAndWriteUtf8(out, value, length);
    }

    static void rawVarint(ByteBuf out, long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.writeByte((int) rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    /** What a field with a one-byte tag takes whose value has this length. */
    static int sizeOf(int length) {
        return 1 + varintSize(length) + length;
    }

    private static int varintSize(int value) {
        return (Integer.SIZE - Integer.numberOfLeadingZeros(value | 1) + 6) / 7;
    }
}
