package io.rpcboot.benchmarks.load;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/**
 * What this process has used.
 *
 * @param cpuNanos processor time of all threads, those of the JVM included
 * @param allocatedBytes bytes allocated by Java threads
 */
public record Usage(long cpuNanos, long allocatedBytes) {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** What was used since a moment. Threads that end in between take their bytes with them. */
    public static final class Meter {

        private final Map<Long, Long> allocated = allocatedByThread();
        private final long cpuNanos = SYSTEM.getProcessCpuTime();

        public Usage sinceThen() {
            long cpu = SYSTEM.getProcessCpuTime() - cpuNanos;
            long[] bytes = {0};
            allocatedByThread().forEach((thread, now) -> bytes[0] += now - allocated.getOrDefault(thread, 0L));
            return new Usage(cpu, bytes[0]);
        }

        private static Map<Long, Long> allocatedByThread() {
            long[] ids = THREADS.getAllThreadIds();
            long[] bytes = THREADS.getThreadAllocatedBytes(ids);
            Map<Long, Long> byThread = new HashMap<>();
            for (int i = 0; i < ids.length; i++) {
                byThread.put(ids[i], Math.max(0, bytes[i]));
            }
            return byThread;
        }
    }
}
