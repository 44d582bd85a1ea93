package io.rpcboot.benchmarks.process;

import io.rpcboot.benchmarks.load.Usage;

/** Usage as a line between processes. */
final class UsageLine {

    private UsageLine() {}

    static String write(Usage usage) {
        return usage.cpuNanos() + " " + usage.allocatedBytes();
    }

    static Usage read(String line) {
        String[] words = line.split(" ");
        return new Usage(Long.parseLong(words[0]), Long.parseLong(words[1]));
    }
}
