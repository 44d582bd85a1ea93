/** The words everybody speaks: calls, replies, statuses, endpoints, and the one shape of a call, {@link io.rpcboot.Invoker}. */
@NullMarked
package io.rpcboot;

import org.jspecify.annotations.NullMarked;
