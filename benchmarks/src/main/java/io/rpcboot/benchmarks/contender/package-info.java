/** What is compared: one way to serve and to make the same calls, each as its users would write it. */
@NullMarked
package io.rpcboot.benchmarks.contender;

import org.jspecify.annotations.NullMarked;
