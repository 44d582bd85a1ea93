package io.rpcboot.balance;

import java.util.concurrent.TimeUnit;

/** Counts calls and failures of the last 10 s, give or take a slice. Not safe for use by many threads. */
final class SuccessRate {

    private static final int SLICES = 5;
    private static final long SLICE_NANOS = TimeUnit.SECONDS.toNanos(10) / SLICES;

    private final EjectionOptions options;
    private final int[] calls = new int[SLICES];
    private final int[] failures = new int[SLICES];
    private long slice;

    SuccessRate(EjectionOptions options) {
        this.options = options;
    }

    void add(boolean success, long now) {
        moveTo(now);
        int index = (int) Math.floorMod(slice, (long) SLICES);
        calls[index]++;
        failures[index] += success ? 0 : 1;
    }

    /** Whether too small a share of the calls succeeded, where there were enough. */
    boolean isPoor(long now) {
        moveTo(now);
        int allCalls = 0;
        int allFailures = 0;
        for (int i = 0; i < SLICES; i++) {
            allCalls += calls[i];
            allFailures += failures[i];
        }
        return allCalls >= options.minimumCalls() && allCalls - allFailures < options.successRate() * allCalls;
    }

    void clear() {
        for (int i = 0; i < SLICES; i++) {
            calls[i] = 0;
            failures[i] = 0;
        }
    }

    private void moveTo(long now) {
        long current = Math.floorDiv(now, SLICE_NANOS);
        long passed = current - slice;
        if (passed > 0) {
            for (long i = Math.max(1, passed - SLICES + 1); i <= passed; i++) {
                int index = (int) Math.floorMod(slice + i, (long) SLICES);
                calls[index] = 0;
                failures[index] = 0;
            }
            slice = current;
        }
    }
}
