/** The limit: frames made by hand on Netty, with and without protobuf, and nothing else. */
@NullMarked
package io.rpcboot.benchmarks.contender.raw;

import org.jspecify.annotations.NullMarked;
