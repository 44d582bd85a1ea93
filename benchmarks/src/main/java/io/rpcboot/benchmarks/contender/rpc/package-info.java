/** This framework, through the starter and without Spring. */
@NullMarked
package io.rpcboot.benchmarks.contender.rpc;

import org.jspecify.annotations.NullMarked;
