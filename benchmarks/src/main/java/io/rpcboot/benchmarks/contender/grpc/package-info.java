/** gRPC-Java on its own Netty. */
@NullMarked
package io.rpcboot.benchmarks.contender.grpc;

import org.jspecify.annotations.NullMarked;
