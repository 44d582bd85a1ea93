package io.rpcboot.transport;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;

/** The threads that run user code. They may block; tasks that find no free thread wait in order. */
public final class WorkerThreads {

    private WorkerThreads() {}

    /**
     * At most this many threads of the factory, ended after a minute without work. With a factory of virtual threads the number bounds how
     * much runs at once.
     */
    public static ExecutorService of(int threads, ThreadFactory factory) {
        return new WorkerPool(threads, factory);
    }

    /** At most this many daemon platform threads, named with the prefix and a number. */
    public static ExecutorService platform(int threads, String namePrefix) {
        return of(threads, new Factory(namePrefix));
    }

    /**
     * Has the tasks begin that this event loop brought to workers in the course of the present read, which else begin at its end. To be called
     * before user code runs on the event loop, which may wait for one of them.
     */
    public static void wake() {
        TaskBurst.endCurrent();
    }

    /** Threads that the executor has at most; {@link Integer#MAX_VALUE} if that is not known. */
    public static int mostOf(ExecutorService executor) {
        if (executor instanceof WorkerPool pool) {
            return pool.maxThreads();
        }
        return executor instanceof ThreadPoolExecutor pool ? pool.getMaximumPoolSize() : Integer.MAX_VALUE;
    }

    private static final class Factory extends DefaultThreadFactory {

        Factory(String namePrefix) {
            super(namePrefix, true);
        }

        @Override
        protected Thread newThread(Runnable task, String name) {
            return new WorkerThread(threadGroup, task, name);
        }
    }

    /** Has Netty's quick thread locals, but unlike Netty's own threads may block. */
    private static final class WorkerThread extends FastThreadLocalThread {

        WorkerThread(ThreadGroup group, Runnable task, String name) {
            super(group, task, name);
        }

        @Override
        public boolean permitBlockingCalls() {
            return true;
        }
    }
}
