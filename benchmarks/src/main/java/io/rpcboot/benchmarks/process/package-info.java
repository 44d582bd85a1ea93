/** The server and the client process of a contender, and how the measuring process talks to them. */
@NullMarked
package io.rpcboot.benchmarks.process;

import org.jspecify.annotations.NullMarked;
