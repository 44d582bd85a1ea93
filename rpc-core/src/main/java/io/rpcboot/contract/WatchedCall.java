package io.rpcboot.contract;

import io.rpcboot.RpcException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call of a channel, tied to its controller. Immutable.
 *
 * @param caller what makes the call
 * @param end to be told once when the call is over: why it failed, or null if it did not
 */
record WatchedCall(Caller caller, Consumer<@Nullable RpcException> end) {}
