package io.rpcboot.transport;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.FastThreadLocalThread;

/** A thread that runs an event loop, and so must never block. */
final class EventLoopThread extends FastThreadLocalThread {

    private EventLoopThread(ThreadGroup group, Runnable task, String name) {
        super(group, task, name);
    }

    /** Makes daemon threads with this name and a number. */
    static final class Factory extends DefaultThreadFactory {

        Factory(String name) {
            super(name, true);
        }

        @Override
        protected Thread newThread(Runnable task, String name) {
            return new EventLoopThread(threadGroup, task, name);
        }
    }
}
