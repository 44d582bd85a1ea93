package io.rpcboot.benchmarks.growth;

import java.util.List;

/**
 * How costs grow with one thing.
 *
 * @param name short, for files
 * @param grows what grows, with its unit
 * @param load which calls are made meanwhile
 */
record Curve(String name, String grows, String load, List<Point> points) {}
