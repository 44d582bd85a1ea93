package io.rpcboot.wire;

import io.netty.util.concurrent.FastThreadLocal;

/** One reused array per thread, through which small messages travel between buffers and protobuf. */
final class Scratch {

    /** Length of the array. */
    static final int BYTES = 4 * 1024;

    private static final FastThreadLocal<byte[]> ARRAYS = new FastThreadLocal<>() {
        @Override
        protected byte[] initialValue() {
            return new byte[BYTES];
        }
    };

    private Scratch() {}

    /** The calling thread's array, to be used before anything else runs that might want it. */
    static byte[] array() {
        return ARRAYS.get();
    }
}
