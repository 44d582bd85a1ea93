/** Micro-benchmarks of this package's parts, here for what is not public. */
@NullMarked
package io.rpcboot.transport;

import org.jspecify.annotations.NullMarked;
