/** How the costs grow with the size of messages, and with the number of calls, connections, endpoints and services. */
@NullMarked
package io.rpcboot.benchmarks.growth;

import org.jspecify.annotations.NullMarked;
