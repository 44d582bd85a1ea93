package io.rpcboot.transport;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes that all connections of a server share. Safe for use by many threads. */
final class ByteBudget {

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    ByteBudget(long most) {
        this.most = most;
    }

    /** Takes as many, or none and says false. */
    boolean take(long bytes) {
        if (taken.addAndGet(bytes) > most) {
            giveBack(bytes);
            return false;
        }
        return true;
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }

    long taken() {
        return taken.get();
    }
}
