package io.rpcboot.transport;

import io.netty.channel.epoll.Epoll;

/** Which of the operating system's interfaces serves TCP connections. */
public enum TransportType {
    /** {@link #EPOLL} where it works, else {@link #NIO}. */
    AUTO,
    /** Linux's epoll through Netty's native code: less processor time per call. */
    EPOLL,
    /** The JDK's own, on every system. */
    NIO;

    /** Whether it works here: epoll needs Linux, and native code of Netty for this processor, which can be loaded. */
    public boolean isAvailable() {
        return this != EPOLL || Epoll.isAvailable();
    }
}
