package io.rpcboot;

import java.util.Iterator;

/**
 * The messages of one direction of a streaming call, read by blocking. Closing before the end tells the sender to stop. Used by one thread
 * at a time.
 */
public interface RpcStream<T> extends Iterator<T>, AutoCloseable {

    /** Ends the stream; has no effect at its end. */
    @Override
    void close();

    /** A stream of these messages, for callers that have them at hand. */
    static <T> RpcStream<T> of(Iterable<? extends T> messages) {
        return new IterableStream<>(messages.iterator());
    }
}
