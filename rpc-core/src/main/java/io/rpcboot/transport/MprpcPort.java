package io.rpcboot.transport;

/**
 * How the callers of one port are served that speak mprpc, and when the last one asked: their connections do not stay to tell. Safe for use by
 * many threads.
 */
final class MprpcPort {

    private final MprpcOptions options;
    private volatile long lastRequestAt;

    MprpcPort(MprpcOptions options) {
        this.options = options;
    }

    MprpcOptions options() {
        return options;
    }

    /** A request came, at this reading of {@link System#nanoTime()}. */
    void requested(long now) {
        lastRequestAt = now;
    }

    /** Whether no request has come since this reading of {@link System#nanoTime()}. */
    boolean isQuietSince(long nanoTime) {
        long last = lastRequestAt;
        return last == 0 || last - nanoTime < 0;
    }
}
