package io.rpcboot.benchmarks.process;

import java.io.IOException;
import java.util.List;
import one.profiler.AsyncProfiler;

/** Finds out where this process spends its processor time, the kernel's included where the system allows that. */
final class Profiler {

    private Profiler() {}

    /**
     * Answers {@code profile start}, and {@code profile stop} with the file that the flame graph goes to; what is narrower than 0.3 % is left
     * out of it.
     */
    static String answer(List<String> words) throws IOException {
        AsyncProfiler profiler = AsyncProfiler.getInstance();
        if (words.get(1).equals("start")) {
            return oneLine(profiler.execute("start,event=cpu,interval=500us,threads"));
        }
        return oneLine(profiler.execute("stop,flamegraph,simple,minwidth=0.3,file=" + words.get(2)));
    }

    private static String oneLine(String text) {
        return text.strip().replace('\n', ' ');
    }
}
