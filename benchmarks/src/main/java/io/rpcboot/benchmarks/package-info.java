/**
 * Measures this framework beside its peers and beside the limit: each contender is a server and a client process; all are started and warmed
 * together, then measured in turn.
 */
@NullMarked
package io.rpcboot.benchmarks;

import org.jspecify.annotations.NullMarked;
