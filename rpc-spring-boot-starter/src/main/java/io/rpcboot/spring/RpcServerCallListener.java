package io.rpcboot.spring;

import io.rpcboot.CallListener;

/** A listener that, as a bean, is told of the end of all calls of the services this application offers. Safe for use by many threads. */
@FunctionalInterface
public interface RpcServerCallListener extends CallListener {}
