package io.rpcboot.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a client calls one method; what is null is left to the service and the client. Immutable.
 *
 * @param timeout time for a call
 * @param retries attempts beyond the first, where sending again is safe
 * @param hedging when a slow call is sent a second time; never if null
 * @param hashKey makes the key for balancers that hash
 */
public record MethodOptions(
        @Nullable Duration timeout,
        @Nullable Integer retries,
        @Nullable Hedging hedging,
        @Nullable HashKey hashKey) {

    public static final MethodOptions NONE = new MethodOptions(null, null, null, null);

    public MethodOptions {
        ServiceOptions.checkRetries(retries);
    }

    /** Nothing but a timeout. */
    public static MethodOptions timeout(Duration timeout) {
        return new MethodOptions(timeout, null, null, null);
    }
}
