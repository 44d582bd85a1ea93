package io.rpcboot.demo.launcher;

import java.util.ArrayDeque;
import java.util.Deque;

/** What has been started, and is stopped in the reverse order. Safe for use by many threads. */
final class RunningParts implements AutoCloseable {

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private boolean closed;

    /** Takes a part that has just been started; stops it at once if the rest is stopped already. */
    synchronized <T extends AutoCloseable> T add(T part) {
        if (closed) {
            stop(part);
        } else {
            parts.push(part);
        }
        return part;
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!parts.isEmpty()) {
            stop(parts.pop());
        }
    }

    /** Whether the parts were stopped. Waits while they are being stopped. */
    synchronized boolean isClosed() {
        return closed;
    }

    private static void stop(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            System.err.println("A part of the demo does not stop: " + e);
        }
    }
}
