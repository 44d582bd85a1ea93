/** The protoc plugin: from each service of a {@code .proto} a blocking interface, an asynchronous one, and the contract that binds both. */
@NullMarked
package io.rpcboot.protoc;

import org.jspecify.annotations.NullMarked;
