/** Micro-benchmarks of this package's parts, here for what is not public. */
@NullMarked
package io.rpcboot.balance;

import org.jspecify.annotations.NullMarked;
