package io.rpcboot.spring;

import io.rpcboot.CallListener;

/**
 * A listener that, as a bean, is told of the end of calls of the services this application calls; of which, {@link CallListener#ended} says. Several
 * are told in their order. Safe for use by many threads.
 */
@FunctionalInterface
public interface RpcClientCallListener extends CallListener {}
