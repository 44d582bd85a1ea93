package io.rpcboot;

import java.util.Iterator;
import java.util.NoSuchElementException;

/** A stream over messages at hand. */
final class IterableStream<T> implements RpcStream<T> {

    private final Iterator<? extends T> messages;
    private boolean closed;

    IterableStream(Iterator<? extends T> messages) {
        this.messages = messages;
    }

    @Override
    public boolean hasNext() {
        return !closed && messages.hasNext();
    }

    @Override
    public T next() {
        if (closed) {
            throw new NoSuchElementException("the stream is closed");
        }
        return messages.next();
    }

    @Override
    public void close() {
        closed = true;
    }
}
