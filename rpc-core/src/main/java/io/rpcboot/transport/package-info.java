/** Sockets, event loops, and the state of one connection. */
@NullMarked
package io.rpcboot.transport;

import org.jspecify.annotations.NullMarked;
