package io.rpcboot.client;

import io.rpcboot.balance.EjectionOptions;

/**
 * How a client spreads calls over endpoints and what it does with those that fail. Immutable.
 *
 * @param retry when failed calls are sent again
 * @param ejection when endpoints are left out
 * @param waiting how many calls wait
 */
record BalancingOptions(RetryOptions retry, EjectionOptions ejection, WaitingOptions waiting) {}
