package io.rpcboot.wire;

import io.netty.buffer.ByteBuf;

/** How a peer that speaks mprpc writes the size of the header in front of it. */
public enum MprpcHeaderSize {

    /** Four bytes, the lowest first: what nearly all do. */
    LITTLE_ENDIAN {
        @Override
        public int read(ByteBuf in) {
            return in.readIntLE();
        }

        @Override
        public void write(ByteBuf out, int size) {
            out.writeIntLE(size);
        }
    },

    /** Four bytes, the highest first. */
    BIG_ENDIAN {
        @Override
        public int read(ByteBuf in) {
            return in.readInt();
        }

        @Override
        public void write(ByteBuf out, int size) {
            out.writeInt(size);
        }
    },

    /** A varint as protobuf writes it: seven bits in a byte, the lowest first. */
    VARINT {
        @Override
        public int read(ByteBuf in) {
            int size = 0;
            for (int shift = 0; shift < Integer.SIZE; shift += 7) {
                byte next = in.readByte();
                size |= (next & 0x7f) << shift;
                if (next >= 0) {
                    return size;
                }
            }
            return -1;
        }

        @Override
        public void write(ByteBuf out, int size) {
            int rest = size;
            while (rest > 0x7f) {
                out.writeByte(rest & 0x7f | 0x80);
                rest >>>= 7;
            }
            out.writeByte(rest);
        }
    };

    /** Bytes of the longest size. */
    public static final int MAX_BYTES = 5;

    /**
     * Reads the size and moves the reader index past it; what was not written as a size comes out as any number.
     *
     * @throws IndexOutOfBoundsException if fewer bytes are there than the size has
     */
    public abstract int read(ByteBuf in);

    /** Writes the size, 0 or more. */
    public abstract void write(ByteBuf out, int size);
}
