package io.rpcboot.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The processor time that the whole machine has used, as Linux counts it; elsewhere nothing is known, and no slice is taken again. */
final class MachineLoad {

    private static final Path STAT = Path.of("/proc/stat");
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int IDLE = 4;
    private static final int IO_WAIT = 5;
    private static final int STEAL = 8;

    private MachineLoad() {}

    static boolean isKnown() {
        return Files.isReadable(STAT);
    }

    /** Since the machine was started, of all processors, in ns; with what other guests of the same host took. */
    static long busyNanos() throws IOException {
        String[] words = Files.readAllLines(STAT).get(0).split(" +");
        long ticks = 0;
        for (int i = 1; i <= STEAL; i++) {
            if (i != IDLE && i != IO_WAIT) {
                ticks += Long.parseLong(words[i]);
            }
        }
        return ticks * TICK_NANOS;
    }
}
