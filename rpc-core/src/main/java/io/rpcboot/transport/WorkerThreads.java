package io.rpcboot.transport;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;

/** The threads that run user code. They may block; tasks that find no free thread wait in order. */
public final class WorkerThreads {

    private WorkerThreads() {}

    /** At most this many daemon platform threads, named with the prefix and a number, ended after a minute without work. */
    public static ExecutorService platform(int threads, String namePrefix) {
        return new WorkerPool(threads, Duration.ofMinutes(1), new Factory(namePrefix));
    }

    /**
     * At most this many threads of a factory of virtual ones; the number bounds how much runs at once. They stay until the executor is shut down: at
     * rest they hold no thread of the operating system, while a wait with a limit costs a virtual thread more than many a task.
     */
    public static ExecutorService virtual(int threads, ThreadFactory factory) {
        return new WorkerPool(threads, null, factory);
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
