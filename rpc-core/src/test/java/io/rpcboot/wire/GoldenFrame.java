package io.rpcboot.wire;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/**
 * One block of worked bytes and what it means.
 *
 * @param number of the block in docs/wire-protocol.md
 * @param write appends the frame
 * @param event what a {@link RecordingSink} notes when it is read
 */
record GoldenFrame(String number, Consumer<ByteBuf> write, String event) {

    byte[] bytes() {
        return WorkedBytes.block(number);
    }

    /** Whether it may be the first frame of a connection. */
    boolean opens() {
        return event.startsWith("Hello") || event.startsWith("ancestor");
    }

    @Override
    public String toString() {
        return number + ' ' + event;
    }
}
