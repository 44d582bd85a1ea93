/** Apache Dubbo, its own protocol and Triple. */
@NullMarked
package io.rpcboot.benchmarks.contender.dubbo;

import org.jspecify.annotations.NullMarked;
