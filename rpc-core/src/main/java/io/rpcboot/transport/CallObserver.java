package io.rpcboot.transport;

import io.rpcboot.RpcException;
import org.jspecify.annotations.Nullable;

/**
 * Learns how an attempt of a call ended, before the caller does, and when it takes no more room at the server. Runs on the event loop, or on the
 * thread of a caller who gives up, and must neither block nor throw.
 */
@FunctionalInterface
public interface CallObserver {

    /** Looks away. */
    CallObserver NONE = (sentAt, endedAt, failure) -> {};

    /**
     * Comes once for each attempt.
     *
     * @param sentAt when the attempt was given to the connection, by {@link System#nanoTime()}
     * @param endedAt when it ended, by the same clock
     * @param failure null if there is a reply
     */
    void ended(long sentAt, long endedAt, @Nullable RpcException failure);

    /** Comes once for each attempt: the server is done with it. A call that was given up has ended before. */
    default void left() {}
}
