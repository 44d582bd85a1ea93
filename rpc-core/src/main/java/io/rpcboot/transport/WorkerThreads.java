package io.rpcboot.transport;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads that run user code. They may block; tasks that find no free thread wait in order. */
public final class WorkerThreads {

    private WorkerThreads() {}

    /**
     * At most this many threads of the factory, ended after a minute without work. With a factory of virtual threads the number bounds how
     * much runs at once.
     */
    public static ExecutorService of(int threads, ThreadFactory factory) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(threads, threads, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), factory);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** At most this many daemon platform threads, named with the prefix and a number. */
    public static ExecutorService platform(int threads, String namePrefix) {
        return of(threads, new DefaultThreadFactory(namePrefix, true));
    }
}
