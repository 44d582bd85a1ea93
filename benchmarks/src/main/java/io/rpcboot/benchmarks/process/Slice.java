package io.rpcboot.benchmarks.process;

import io.rpcboot.benchmarks.load.Calls;
import io.rpcboot.benchmarks.load.Usage;

/**
 * What one contender did in one slice of time.
 *
 * @param calls what the client saw and used
 * @param server what the server used
 */
public record Slice(Calls calls, Usage server) {

    public double clientCpuMicros() {
        return perCall(calls.usage().cpuNanos()) / 1e3;
    }

    public double serverCpuMicros() {
        return perCall(server.cpuNanos()) / 1e3;
    }

    public double clientBytes() {
        return perCall(calls.usage().allocatedBytes());
    }

    public double serverBytes() {
        return perCall(server.allocatedBytes());
    }

    private double perCall(long sum) {
        return (double) sum / Math.max(1, calls.latencies().getTotalCount());
    }
}
