/** How much longer an application takes to start with this framework: the same one twice. */
@NullMarked
package io.rpcboot.benchmarks.start;

import org.jspecify.annotations.NullMarked;
