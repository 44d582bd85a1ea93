package io.rpcboot.benchmarks.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * What a process holds.
 *
 * @param heapBytes live objects, after collections
 * @param directBytes the JDK's direct buffers
 * @param residentBytes memory of the process as the system sees it; 0 where it does not say
 */
public record Memory(long heapBytes, long directBytes, long residentBytes) {

    private static final int COLLECTIONS = 3;

    static Memory now() throws InterruptedException {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            // What references and cleaners let go of is collected next time.
            TimeUnit.MILLISECONDS.sleep(100);
        }
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return new Memory(heap, direct, resident());
    }

    private static long resident() {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String toLine() {
        return heapBytes + " " + directBytes + " " + residentBytes;
    }

    static Memory ofLine(String line) {
        String[] words = line.split(" ");
        return new Memory(Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]));
    }
}
