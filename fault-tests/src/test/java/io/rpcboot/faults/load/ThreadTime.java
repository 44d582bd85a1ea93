package io.rpcboot.faults.load;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.concurrent.Callable;

/** How busy the threads are that something started. Used by one thread. */
public final class ThreadTime {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final long[] ids;
    private long sinceNanos;
    private long before;

    private ThreadTime(long[] ids) {
        this.ids = ids;
        restart();
    }

    /** The threads that were started while the task ran. */
    public static ThreadTime ofThreadsStartedBy(Callable<?> task) throws Exception {
        long[] former = THREADS.getAllThreadIds();
        task.call();
        return new ThreadTime(Arrays.stream(THREADS.getAllThreadIds())
                .filter(id -> Arrays.stream(former).noneMatch(one -> one == id))
                .toArray());
    }

    /** How many threads these are. */
    public int threads() {
        return ids.length;
    }

    /** Counts from now on. */
    public void restart() {
        sinceNanos = System.nanoTime();
        before = total();
    }

    /** How much of one core they took together since the last restart, in percent. */
    public double percentOfACore() {
        return 100.0 * (total() - before) / (System.nanoTime() - sinceNanos);
    }

    private long total() {
        return Arrays.stream(ids)
                .map(id -> Math.max(0, THREADS.getThreadCpuTime(id)))
                .sum();
    }
}
