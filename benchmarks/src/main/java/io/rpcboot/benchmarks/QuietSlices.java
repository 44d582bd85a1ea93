package io.rpcboot.benchmarks;

import io.rpcboot.benchmarks.load.Load;
import io.rpcboot.benchmarks.process.Pair;
import io.rpcboot.benchmarks.process.Slice;
import java.io.IOException;
import java.time.Duration;

/** Takes slices, and takes one again during which other processes were busy; the quietest counts. */
final class QuietSlices {

    /** Of one processor. */
    private static final double BEARABLE = 0.08;

    private final int attempts;
    private int taken;
    private int takenAgain;
    private int disturbed;

    /** @param attempts to take one slice, at most */
    QuietSlices(int attempts) {
        this.attempts = attempts;
    }

    Slice take(Pair pair, Load load, Duration time) throws IOException {
        taken++;
        Slice quietest = null;
        double least = Double.MAX_VALUE;
        for (int attempt = 1; attempt <= attempts; attempt++) {
            long start = System.nanoTime();
            long before = MachineLoad.isKnown() ? MachineLoad.busyNanos() : 0;
            Slice slice = pair.run(load, time.toNanos());
            long busy = MachineLoad.isKnown() ? MachineLoad.busyNanos() - before : 0;
            long own = slice.calls().usage().cpuNanos() + slice.server().cpuNanos();
            double foreign = (double) (busy - own) / (System.nanoTime() - start);
            if (foreign < least) {
                least = foreign;
                quietest = slice;
            }
            if (foreign <= BEARABLE) {
                break;
            }
            takenAgain++;
        }
        if (least > BEARABLE) {
            disturbed++;
        }
        if (quietest == null) {
            throw new IllegalStateException("no slice was taken");
        }
        return quietest;
    }

    String summary() {
        return taken + " slices; " + takenAgain + " attempts were disturbed by other load and made again, " + disturbed
                + " slices stayed disturbed";
    }
}
