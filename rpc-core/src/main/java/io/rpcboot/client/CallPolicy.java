package io.rpcboot.client;

import org.jspecify.annotations.Nullable;

/**
 * How the calls of one method are treated. Immutable.
 *
 * @param retries attempts beyond the first, where sending again is safe
 * @param hedging when a slow call is sent a second time; never if null
 * @param hashKey makes the key for balancers that hash; null for none
 */
record CallPolicy(
        int retries, @Nullable Hedging hedging, @Nullable HashKey hashKey) {}
