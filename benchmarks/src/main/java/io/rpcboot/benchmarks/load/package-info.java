/** How calls are made and timed: closed loops, blocking callers, a fixed schedule. */
@NullMarked
package io.rpcboot.benchmarks.load;

import org.jspecify.annotations.NullMarked;
