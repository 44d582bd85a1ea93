package io.rpcboot.benchmarks.growth;

/**
 * One point of a curve.
 *
 * @param x what grows
 * @param callsPerSecond the median of the slices
 * @param cpuMicros processor time per call on both sides, the median
 * @param p99Micros the median of the slices' p99
 * @param failed calls, in all slices
 * @param serverHeapKib live objects of the server
 */
record Point(long x, double callsPerSecond, double cpuMicros, double p99Micros, long failed, double serverHeapKib) {}
