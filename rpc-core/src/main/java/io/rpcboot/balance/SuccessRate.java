package io.rpcboot.balance;

import java.util.concurrent.TimeUnit;

/** Counts calls and failures of the last 10 s, give or take a slice. Not safe for use by many threads. */
final class SuccessRate {

    private static final int SLICES = 5;
    private static final long SLICE_NANOS = TimeUnit.SECONDS.toNanos(10) / SLICES;
    private static final int LEAST_CALLS = 20;
    private static final double POOR = 0.8;

    private final int[] calls = new int[SLICES];
    private final int[] failures = new int[SLICES];
    private long slice;

    void add(boolean success, long now) {
        moveTo(now);
        int index = (int) Math.floorMod(slice, (long) SLICES);
        calls[index]++;
        failures[index] += success ? 0 : 1;
    }

    /** Whether fewer than 80 % of at least 20 calls succeeded. */
    boolean isPoor(long now) {
        moveTo(now);
        int allCalls = 0;
        int allFailures = 0;
        for (int i = 0; i < SLICES; i++) {
            allCalls += calls[i];
            allFailures += failures[i];
        }
        return allCalls >= LEAST_CALLS && allCalls - allFailures < POOR * allCalls;
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
